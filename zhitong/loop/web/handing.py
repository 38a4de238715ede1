"""Handing a matter over to 110 or 12345, and taking it back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zhitong.kernel.errors import Refusal, Stale
from zhitong.kernel.pages import page
from zhitong.kernel.text.forms import WordsField
from zhitong.loop import actions, queries
from zhitong.loop.actions.handing import CHOOSE
from zhitong.loop.actions.moving import WORDS_LIMIT, require_possible
from zhitong.loop.agreements import item_label, offered
from zhitong.loop.domain import Verb
from zhitong.loop.domain.handing import Handed, Partner, Way
from zhitong.loop.models import Matter
from zhitong.loop.web.forms import ReasonForm

BACK = "back"
PARTNERS = {
    Partner.POLICE: gettext_lazy("110, emergencies"),
    Partner.CITIZENS: gettext_lazy("12345, citizens' line"),
}


class HandOverForm(ReasonForm):
    """To whom, by which type, and what the resident is told."""

    item = forms.CharField(
        label=gettext_lazy("What is it, by the agreed list?"),
        max_length=64,
        widget=forms.Select,
        error_messages={"required": CHOOSE},
    )
    reason = WordsField(
        max_length=WORDS_LIMIT,
        label=gettext_lazy("What the resident is told"),
        help_text=gettext_lazy("The resident reads exactly this."),
    )
    field_order = ("item", "reason", "version")

    def __init__(self, *args: Any, path: str, back: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if back:
            del self.fields["item"]
        else:
            self.fields["item"].widget = forms.Select(choices=_choices(path))


def _choices(path: str) -> list[tuple[Any, Any]]:
    items = offered(Way.OUT, path)
    return [
        ("", gettext_lazy("Please choose")),
        *(
            (label, [(one.code, item_label(one.code)) for one in items if one.partner is partner])
            for partner, label in PARTNERS.items()
        ),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@page(permit="loop.hand_over")
def hand_over(request: HttpRequest, code: str) -> HttpResponse:
    """Hand it over; once it is with somebody else, take it back."""
    found = queries.by_code(code)
    require_possible(found, Verb.HAND_OVER)
    handed = queries.handed(found)
    if request.method != "POST":
        told = {"version": found.version}
        form = HandOverForm(path=found.area_path, back=handed is not None, initial=told)
        return _page(request, found, form, handed)
    back = request.POST.get("do") == BACK
    form = HandOverForm(request.POST, path=found.area_path, back=back)
    return _done(request, found, form, handed)


def _done(
    request: HttpRequest, matter: Matter, form: HandOverForm, handed: Handed | None
) -> HttpResponse:
    valid, data = form.is_valid(), form.cleaned_data
    try:
        if "version" not in data:
            raise Stale(reason="no version was sent")
        if not valid:
            return _page(request, matter, form, handed, status=400)
        _act(matter, data)
    except Refusal as problem:
        _blame(form, problem, matter)
        return _page(request, matter, form, handed, status=problem.status)
    messages.success(request, _("Written down. The resident sees it on the timeline."))
    return redirect("loop:matter", matter.code)


def _blame(form: HandOverForm, problem: Refusal, matter: Matter) -> None:
    """Put the sentences at their fields; the next try is made on the matter as it stands."""
    for name, sentence in (problem.fields or {"": problem.message}).items():
        form.add_error(name or None, str(sentence))
    form.data = {**dict(form.data.items()), "version": str(matter.version)}


def _act(matter: Matter, data: dict[str, Any]) -> None:
    if "item" in data:
        actions.hand_over(id=matter.pk, **data)
    else:
        actions.take_back(id=matter.pk, **data)


def _page(
    request: HttpRequest,
    matter: Matter,
    form: HandOverForm,
    handed: Handed | None,
    status: int = 200,
) -> HttpResponse:
    form.errors.pop("version", None)
    context = {"matter": matter, "form": form, "handed": handed}
    return render(request, "loop/hand_over.html", context, status=status)
