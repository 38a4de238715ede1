"""What the county promises: the versions, what changed from one to the next, and a new one."""

from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zhitong.kernel.errors import Refusal
from zhitong.kernel.pages import page
from zhitong.kernel.text.forms import WordsField
from zhitong.loop.actions.promising import REASON, adopt_policy
from zhitong.loop.domain.policy import MOST_PAUSES, Policy, read_policy
from zhitong.loop.domain.promises import (
    PARTS,
    PAUSES,
    RETURNS,
    changes,
    limit_of,
    write_limit,
    write_policy,
)
from zhitong.loop.queries.policies import policy_versions
from zhitong.loop.web.promisewords import UNITS, part_label, sentences, terms_label

ADOPT = "adopt"


class PromiseForm(forms.Form):
    """Every limit of the last version, to be changed, and a name, a day and a reason."""

    version = WordsField(max_length=40, multiline=False, label=gettext_lazy("Name of this version"))
    starts_on = forms.DateField(
        label=gettext_lazy("From the day"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=gettext_lazy("Empty: from now on. Matters opened before keep their promises."),
    )
    reason = WordsField(max_length=REASON, multiline=False, label=gettext_lazy("Reason"))

    def __init__(self, *args: Any, last: Policy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.last = last
        for name, terms in last.terms.items():
            for part in PARTS:
                self._limit(f"{name}-{part}", part, limit_of(terms, part))
            self.fields[f"{name}-{PAUSES}"] = forms.IntegerField(
                label=str(part_label(PAUSES)),
                min_value=0,
                max_value=MOST_PAUSES,
                initial=terms.pauses,
            )
        self._limit(RETURNS, RETURNS, last.returns)

    def _limit(self, name: str, part: str, limit: Any) -> None:
        amount, unit = write_limit(limit, self.last.day_hours).split(" ", 1)
        self.fields[f"{name}-n"] = forms.IntegerField(
            label=str(part_label(part)), min_value=1, max_value=9999, initial=int(amount)
        )
        self.fields[f"{name}-u"] = forms.ChoiceField(
            label=gettext_lazy("Unit"), choices=list(UNITS.items()), initial=unit
        )

    def groups(self) -> Iterator[tuple[Any, list[tuple[Any, Any]]]]:
        """The limits of every kind of matter, as pairs of fields; pauses stand alone."""
        for name in self.last.terms:
            pairs = [self._pair(f"{name}-{part}") for part in PARTS]
            yield terms_label(name), [*pairs, (self[f"{name}-{PAUSES}"], None)]
        yield terms_label(""), [self._pair(RETURNS)]

    def _pair(self, name: str) -> tuple[Any, Any]:
        return self[f"{name}-n"], self[f"{name}-u"]

    def policy(self) -> Policy:
        """The version that was filled in."""
        data = self.cleaned_data
        terms: dict[str, dict[str, Any]] = {}
        for name in self.last.terms:
            terms[name] = {part: _limit(data, f"{name}-{part}") for part in PARTS}
            terms[name][PAUSES] = data[f"{name}-{PAUSES}"]
        hours, returns = self.last.day_hours, _limit(data, RETURNS)
        written = {"version": data["version"], "working_day_hours": hours, RETURNS: returns}
        return read_policy(written | {"terms": terms})


def _limit(data: dict[str, Any], name: str) -> str:
    return f"{data[f'{name}-n']} {data[f'{name}-u']}"


@require_http_methods(["GET", "HEAD", "POST"])
@page(permit="loop.adopt_policy")
def promises(request: HttpRequest) -> HttpResponse:
    """Look at what would change with one button, adopt it with the other."""
    last = policy_versions()[-1].policy
    if request.method != "POST":
        return _page(request, PromiseForm(last=last))
    form = PromiseForm(request.POST, last=last)
    if not form.is_valid():
        return _page(request, form, status=400)
    if request.POST.get("do") != ADOPT:
        return _page(request, form, form.policy())
    return _adopt(request, form)


def _adopt(request: HttpRequest, form: PromiseForm) -> HttpResponse:
    data, new = form.cleaned_data, form.policy()
    try:
        adopt_policy(
            written=write_policy(new, new.day_hours),
            starts_at=_start(data["starts_on"]),
            reason=data["reason"],
        )
    except Refusal as problem:
        names = {"written": "version", "starts_at": "starts_on"}
        for name, sentence in (problem.fields or {"": problem.message}).items():
            form.add_error(names.get(name, name) or None, str(sentence))
        return _page(request, form, new, status=problem.status)
    messages.success(request, _("Adopted. Matters that are open keep what was promised for them."))
    return redirect("loop:promises")


def _start(day: date | None) -> datetime | None:
    """None is now; a later day begins at midnight."""
    if day is None or day == timezone.localdate():
        return None
    return datetime.combine(day, time(), tzinfo=timezone.get_current_timezone())


def _page(
    request: HttpRequest, form: PromiseForm, new: Policy | None = None, *, status: int = 200
) -> HttpResponse:
    versions = policy_versions()
    told = [
        (one, sentences(changes(before.policy, one.policy))) for before, one in pairwise(versions)
    ]
    context: dict[str, Any] = {"form": form, "versions": told[::-1], "first": versions[0].policy}
    if new:
        context |= {"tried": True, "changes": sentences(changes(form.last, new))}
    return render(request, "loop/promises.html", context, status=status)
