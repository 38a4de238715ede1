"""Merging a matter into an earlier one, seeing what was merged, and undoing it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhitong.kernel.areas.queries import labels
from zhitong.kernel.errors import Invalid, NotFound, Refusal, Stale
from zhitong.kernel.pages import page
from zhitong.kernel.scope import current
from zhitong.kernel.text.forms import WordsField
from zhitong.loop import actions, queries
from zhitong.loop.actions.merging import check_merge
from zhitong.loop.actions.moving import WORDS_LIMIT
from zhitong.loop.models import Matter
from zhitong.loop.web import show
from zhitong.loop.web.departures import title
from zhitong.loop.web.forms import VersionField, VersionForm

NOT_FOUND = gettext_lazy("No matter within your reach has this code.")
Pair = tuple[Matter, Matter]


class CodeForm(forms.Form):
    """The code of the other matter."""

    into = forms.CharField(max_length=20, label=gettext_lazy("Code of the other matter"))


class MergeForm(forms.Form):
    """Why, and how both stood on the screen."""

    reason = WordsField(
        max_length=WORDS_LIMIT,
        label=gettext_lazy("Why is it the same?"),
        help_text=gettext_lazy("Only staff read this."),
    )
    into = forms.CharField(max_length=20, widget=forms.HiddenInput)
    version = VersionField()
    main_version = VersionField()


@require_http_methods(["GET", "HEAD", "POST"])
@page(permit="loop.merge")
def merge(request: HttpRequest, code: str) -> HttpResponse:
    """What will happen, then doing it. Without another code it is asked for."""
    found = queries.by_code(code)
    sent = request.POST if request.method == "POST" else request.GET
    try:
        pair = _pair(found, sent.get("into", ""))
    except Refusal as problem:
        return _which(request, found, sent, problem)
    if request.method == "POST":
        return _merged(request, found, pair)
    return _preview(request, found, pair, MergeForm(initial=_seen(found, pair)))


def _which(
    request: HttpRequest, found: Matter, sent: Mapping[str, str], problem: Refusal
) -> HttpResponse:
    """Ask for the code of the other one, and say what is wrong with the one that was given."""
    form = CodeForm(sent) if "into" in sent else CodeForm()
    if form.is_bound:
        form.errors.clear()
        form.add_error("into", str(next(iter(problem.fields.values()), problem.message)))
    status = problem.status if form.is_bound else 200
    context = {"matter": found, "code_form": form}
    return render(request, "loop/merge.html", context, status=status)


def _merged(request: HttpRequest, found: Matter, pair: Pair) -> HttpResponse:
    form = MergeForm(request.POST)
    try:
        if not form.is_valid() and {"version", "main_version"} & form.errors.keys():
            raise Stale(reason="no version was sent")
        if not form.is_valid():
            return _preview(request, found, pair, form, status=400)
        _do(pair, form.cleaned_data)
    except Refusal as problem:
        form.add_error(None, str(next(iter(problem.fields.values()), problem.message)))
        form.data = {**dict(form.data.items()), **_seen(found, pair)}
        return _preview(request, found, pair, form, status=problem.status)
    messages.success(request, _("Merged. If that was a mistake, undo it here."))
    return redirect("loop:matter", pair[0].code)


def _do(pair: Pair, data: dict[str, Any]) -> None:
    matter, main = pair
    told = {name: data[name] for name in ("reason", "version", "main_version")}
    actions.merge(id=matter.pk, into=main.pk, **told)


def _pair(found: Matter, typed: str) -> Pair:
    """The later one, which is merged, and the earlier one. Raises Refusal if they cannot be."""
    other = _other(typed)
    pair = (found, other) if found.opened_at >= other.opened_at else (other, found)
    check_merge(*pair)
    return pair


def _seen(found: Matter, pair: Pair) -> dict[str, Any]:
    matter, main = pair
    other = main if main.pk != found.pk else matter
    return {"into": other.code, "version": matter.version, "main_version": main.version}


def _other(typed: str) -> Matter:
    """The matter with this code, however it was typed. Raises Invalid."""
    letters = typed.replace(" ", "").replace("-", "").upper()[:8]
    if not (letters.isascii() and letters.isalnum()):
        raise Invalid(fields={"into": NOT_FOUND})
    try:
        return queries.by_code(f"{letters[:4]}-{letters[4:]}")
    except NotFound as problem:
        raise Invalid(fields={"into": NOT_FOUND}) from problem


def _preview(
    request: HttpRequest, found: Matter, pair: Pair, form: MergeForm, status: int = 200
) -> HttpResponse:
    for name in ("version", "main_version", "into"):
        form.errors.pop(name, None)
    codes = [show.code_of(one) for one in pair]
    places = labels(codes)
    sides = [
        {"matter": one, "title": title(one.words), "place": places[code]}
        for one, code in zip(pair, codes, strict=True)
    ]
    context = {"matter": found, "form": form, "merged": sides[0], "main": sides[1]}
    return render(request, "loop/merge.html", context, status=status)


@require_safe
@page(permit="loop.read")
def merged(request: HttpRequest, code: str) -> HttpResponse:
    """What was merged into this matter, and what those residents said by now."""
    main = queries.by_code(code)
    here, beyond = queries.together(main)
    context = {
        "matter": main,
        "here": [(one, title(one.matter.words)) for one in here],
        "beyond": beyond,
        "may_unmerge": "loop.unmerge" in current().permits,
    }
    return render(request, "loop/merged.html", context)


@require_POST
@page(permit="loop.unmerge")
def unmerge(request: HttpRequest, code: str) -> HttpResponse:
    """Undo it."""
    found, form = queries.by_code(code), VersionForm(request.POST)
    if not form.is_valid():
        raise Stale(reason="no version was sent")
    actions.unmerge(id=found.pk, version=form.cleaned_data["version"])
    messages.success(request, _("Undone. Both go their own way, as if they had not been merged."))
    return redirect("loop:matter", code)
