"""The public summary of a matter: the resident's words and the draft side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from zhitong.kernel.errors import Invalid, Refusal, Sentence, Stale
from zhitong.kernel.pages import page
from zhitong.kernel.scope import current
from zhitong.kernel.text.forms import WordsField
from zhitong.kernel.text.personal import LABELS
from zhitong.loop import actions, queries
from zhitong.loop.actions.moving import WORDS_LIMIT
from zhitong.loop.domain.publishing import Part, Seen, SummaryState, parts
from zhitong.loop.models import Matter, Summary
from zhitong.loop.numbers import public_code
from zhitong.loop.web import show
from zhitong.shell.parts import Photo

STATES: Mapping[str, Sentence] = {
    SummaryState.DRAFT: gettext_lazy("Drafted. Not public until somebody else has reviewed it."),
    SummaryState.REVIEWED: gettext_lazy("Reviewed. The public may read it."),
    SummaryState.WITHDRAWN: gettext_lazy("Withdrawn. Nothing of it is public."),
}
FIELDS = "summary_%s"


class SummaryForm(forms.Form):
    """The words for everybody; what stays on purpose and the pictures are read beside it."""

    text = WordsField(
        max_length=WORDS_LIMIT,
        label=gettext_lazy("Words for everybody"),
        help_text=gettext_lazy(
            "Say what it is about, where roughly, and what was done. Nothing about who said it."
        ),
    )
    answer = WordsField(
        max_length=WORDS_LIMIT,
        required=False,
        label=gettext_lazy("What was answered, for everybody"),
        help_text=gettext_lazy("Optional. In a few words: what was done, or why not."),
    )
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


class WithdrawalForm(forms.Form):
    """Why a summary is taken back."""

    reason = WordsField(max_length=WORDS_LIMIT, label=gettext_lazy("Why is it withdrawn?"))


@dataclass(frozen=True, slots=True)
class Marked:
    """A piece of text as the page shows it: with the name of its class, or plain."""

    text: str
    label: Sentence
    key: str
    kept: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """A picture and what was decided about it; '' as long as nothing was."""

    id: UUID
    photo: Photo
    seen: str


@require_http_methods(["GET", "HEAD", "POST"])
@page(permit="loop.draft_summary")
def summary(request: HttpRequest, code: str) -> HttpResponse:
    """See what the public may read of the matter, and write it. A look, and written down."""
    matter = actions.open_record(code=code)
    if request.method != "POST":
        return _page(request, matter)
    form = SummaryForm(request.POST, auto_id=FIELDS)
    try:
        _drafted(matter, form, request.POST)
    except Refusal as problem:
        return _page(request, matter, form=form, problem=problem)
    messages.success(request, _("Draft kept. Somebody else has to review it now."))
    return redirect("loop:summary", code)


@require_POST
@page(permit="loop.review_summary")
def review(request: HttpRequest, code: str) -> HttpResponse:
    """Release what somebody else drafted."""
    matter, looked = queries.by_code(code), request.POST.getlist("looked")
    try:
        pictures = [picture for text in looked if (picture := _uuid(text))]
        actions.review_summary(id=matter.pk, version=_version(request), pictures=pictures)
    except Invalid as problem:
        return _page(request, actions.open_record(code=code), problem=problem)
    messages.success(request, _("Released. The public may read it."))
    return redirect("loop:summary", code)


@require_POST
@page(permit="loop.withdraw_summary")
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take the summary back."""
    matter, reason = queries.by_code(code), request.POST.get("reason", "")
    try:
        actions.withdraw_summary(id=matter.pk, version=_version(request), reason=reason)
    except Invalid as problem:
        return _page(request, actions.open_record(code=code), problem=problem)
    messages.success(request, _("Withdrawn. Nothing of it is public any more."))
    return redirect("loop:summary", code)


def _drafted(matter: Matter, form: SummaryForm, sent: QueryDict) -> None:
    if not form.is_valid():
        raise Invalid
    actions.draft_summary(
        id=matter.pk,
        text=form.cleaned_data["text"],
        answer=form.cleaned_data["answer"],
        kept=sent.getlist("kept"),
        pictures=_decided(sent),
        version=form.cleaned_data["version"],
    )


def _page(
    request: HttpRequest,
    matter: Matter,
    *,
    form: SummaryForm | None = None,
    problem: Refusal | None = None,
) -> HttpResponse:
    context = _context(matter, form, request.POST) | {"here": f"/m/{matter.code}/summary"}
    if problem:
        _told(context["form"], problem)
        context["problem"] = next(iter(problem.fields.values()), problem.message)
    return render(request, "loop/summary.html", context, status=problem.status if problem else 200)


def _told(form: SummaryForm, problem: Refusal) -> None:
    if form.is_bound and not form.errors:
        for name, sentence in (problem.fields or {"": problem.message}).items():
            form.add_error(name if name in form.fields else None, str(sentence))


def _context(matter: Matter, form: SummaryForm | None, sent: QueryDict) -> dict[str, Any]:
    row = queries.summary_of(matter)
    text, answer, kept = _words(matter, row, form, sent)
    initial = {"text": text, "answer": answer, "version": row.version if row else None}
    draft = form or SummaryForm(initial=initial, auto_id=FIELDS)
    marked = _marked("\n\n".join(part for part in (text, answer) if part), kept)
    seen = _decided(sent) if form else row.seen if row else {}
    return {
        "matter": matter,
        "summary": row,
        "state": STATES[row.state] if row else "",
        "words": _marked(matter.words, ()),
        "draft": marked,
        "ask": list({part.key: part for part in marked if part.key}.values()),
        "form": draft,
        "withdrawal": WithdrawalForm(auto_id="withdrawal_%s"),
        "pictures": _looked(matter, seen),
        "public": _public(matter, row),
        "may_draft": not (row and row.state == SummaryState.REVIEWED),
        "may_review": row
        and row.state == SummaryState.DRAFT
        and row.drafted_by != current().actor
        and "loop.review_summary" in current().permits,
        "may_withdraw": row
        and row.state != SummaryState.WITHDRAWN
        and "loop.withdraw_summary" in current().permits,
    }


def _words(
    matter: Matter, row: Summary | None, form: SummaryForm | None, sent: QueryDict
) -> tuple[str, str, Sequence[str]]:
    if form:
        text, answer = (str(form.data.get(name, "")) for name in ("text", "answer"))
        return text, answer, sent.getlist("kept")
    return (row.text, row.answer, row.kept) if row else (queries.proposal(matter), "", ())


def _public(matter: Matter, row: Summary | None) -> str:
    """Where everybody reads it, '' as long as nobody can."""
    released = row and row.state == SummaryState.REVIEWED and queries.is_open_to_all(matter.pk)
    return reverse("loop:open_matter", args=[public_code(matter.pk)]) if released else ""


def _marked(text: str, kept: Sequence[str]) -> list[Marked]:
    return [_mark(part, kept) for part in parts(text)]


def _mark(part: Part, kept: Sequence[str]) -> Marked:
    label = LABELS[part.finding.kind] if part.finding else ""
    return Marked(part.text, label, part.key, part.key in kept)


def _looked(matter: Matter, seen: Mapping[UUID, Seen]) -> list[Looked]:
    rows = queries.all_photos(matter)
    shown = show.pictures(rows, "loop:photo", matter.code)
    return [
        Looked(row.pk, photo, seen[row.pk].value if row.pk in seen else "")
        for row, photo in zip(rows, shown, strict=True)
    ]


def _decided(sent: QueryDict) -> dict[UUID, Seen]:
    """What was ticked about each picture: fields named by it."""
    found = {
        _uuid(name.removeprefix("picture-")): value
        for name, value in sent.items()
        if name.startswith("picture-") and value in set(Seen)
    }
    return {picture: Seen(str(value)) for picture, value in found.items() if picture}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Stale(reason="no version was sent")
    return int(text)
