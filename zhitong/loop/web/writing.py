"""Writing an answer: prepared ones filled in, a draft that is kept, a time to go out."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhitong.kernel.clock import now
from zhitong.kernel.errors import Invalid, NotFound, Refusal, Stale
from zhitong.kernel.pages import page
from zhitong.loop import actions, queries
from zhitong.loop.actions.replying import FILL
from zhitong.loop.domain.drafting import joined
from zhitong.loop.domain.replies import filled, still_open
from zhitong.loop.models import Matter, Reply
from zhitong.loop.notices import notices
from zhitong.loop.queries.beside import Beside, Written
from zhitong.loop.queries.replies import gaps_of, replies_for
from zhitong.loop.web.forms import AnswerForm
from zhitong.shell import timewords

MOMENT = "%Y-%m-%dT%H:%M"
FIELDS = "answer_%s"


class LaterForm(AnswerForm):
    """An answer, and when it goes out."""

    goes_out = forms.DateTimeField(
        label=gettext_lazy("Goes out at"),
        required=False,
        input_formats=[MOMENT],
        widget=forms.DateTimeInput(format=MOMENT, attrs={"type": "datetime-local"}),
    )


def begun(draft: Written | None) -> dict[str, Any]:
    """What a form begins with where its writer has left something."""
    return {"text": draft.text, "outcome": draft.outcome} if draft else {}


@require_safe
@page(permit="loop.draft")
def write(request: HttpRequest, code: str) -> HttpResponse:
    """The resident's words, and all that helps to answer them. A look, and written down."""
    return _whole(request, code)


def _whole(request: HttpRequest, code: str) -> HttpResponse:
    matter = actions.open_record(code=code)
    beside = queries.beside(matter)
    start: dict[str, Any] = {"version": matter.version}
    if beside.answer is None and beside.planned:
        start |= begun(beside.planned) | {"goes_out": beside.planned.goes_out_at}
    return _page(request, matter, LaterForm(initial=start | begun(beside.answer)), beside)


@require_safe
@page(permit="loop.draft")
def choose(request: HttpRequest, code: str) -> HttpResponse:
    """The prepared answers that fit, to be put beside the box on the matter's page."""
    if not request.headers.get("HX-Request"):
        return _whole(request, code)
    matter = queries.by_code(code)
    context = {"matter": matter, "replies": _titled(replies_for(matter))}
    return render(request, "loop/write_choose.html", context)


@require_POST
@page(permit="loop.draft")
def fill(request: HttpRequest, code: str) -> HttpResponse:
    """Put a prepared answer below what is written, its gaps closed as far as is known."""
    matter = queries.by_code(code)
    body = _offered(matter, request.POST.get("reply", ""))
    start = request.POST.dict()
    start["text"] = joined(start.get("text", ""), filled(body, gaps_of(matter)))
    start["version"] = start.get("version", "")
    form = LaterForm(initial=start)
    if not request.headers.get("HX-Request"):
        return _page(request, actions.open_record(code=code), form)
    form.auto_id = FIELDS
    return render(request, "loop/write_box.html", {"form": form, "open": _open(start["text"])})


@require_POST
@page(permit="loop.draft")
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """Keep what is written for its writer; asked by the page itself while somebody types."""
    matter, sent = queries.by_code(code), request.POST
    words = {name: sent.get(name, "") for name in ("box", "text", "outcome")}
    kept = actions.keep_draft(id=matter.pk, **words)
    if request.headers.get("HX-Request"):
        return render(request, "loop/write_kept.html", {"kept": kept, "at": now()})
    if kept:
        messages.success(request, _("Draft kept. Only you see it, on whatever computer you use."))
    return redirect("loop:write" if sent.get("do") == "more" else "loop:matter", code)


@require_POST
@page(permit="loop.answer_later")
def later(request: HttpRequest, code: str) -> HttpResponse:
    """Plan the answer for a time."""
    matter, form = queries.by_code(code), LaterForm(request.POST)
    try:
        goes = _planned(matter, form)
    except Refusal as problem:
        return _wrong(request, code, form, problem)
    messages.success(request, _("It goes out %(when)s.") % {"when": timewords.when(goes)})
    return redirect("loop:matter", code)


@require_POST
@page(permit="loop.call_off")
def call_off(request: HttpRequest, code: str) -> HttpResponse:
    """Take back an answer that waits."""
    queries.by_code(code)
    try:
        id = UUID(request.POST.get("draft", ""))
    except ValueError as problem:
        raise NotFound from problem
    actions.call_off(id=id)
    messages.success(request, _("Taken back. It is its writer's draft again."))
    return redirect("loop:matter", code)


def _planned(matter: Matter, form: LaterForm) -> Any:
    if "version" in form.errors:
        raise Stale(reason="no version was sent")
    if not form.is_valid():
        raise Invalid
    data = form.cleaned_data
    if data["goes_out"] is None:
        raise Invalid(fields={"goes_out": _("Choose when it goes out.")})
    return actions.answer_later(
        id=matter.pk,
        text=data["text"],
        at=data["goes_out"],
        version=data["version"],
        outcome=data["outcome"],
    )


def _wrong(request: HttpRequest, code: str, form: LaterForm, problem: Refusal) -> HttpResponse:
    matter = actions.open_record(code=code)
    form.errors.pop("version", None)
    if not form.errors:
        for name, sentence in (problem.fields or {"": problem.message}).items():
            form.add_error(name if name in form.fields else None, str(sentence))
    form.data = request.POST.copy()
    form.data["version"] = str(matter.version)
    answer = _page(request, matter, form)
    answer.status_code = problem.status
    return answer


def _page(
    request: HttpRequest, matter: Matter, form: LaterForm, beside: Beside | None = None
) -> HttpResponse:
    form.auto_id = FIELDS
    return render(request, "loop/write.html", _context(matter, form, beside))


def _context(matter: Matter, form: LaterForm, beside: Beside | None) -> dict[str, Any]:
    return {
        "matter": matter,
        "form": form,
        "replies": _titled(replies_for(matter)),
        "beside": beside or queries.beside(matter),
        "quiet": notices().quiet,
        "open": _open(str(form["text"].value() or "")),
        "here": f"/m/{matter.code}/write",
    }


def _titled(replies: list[Reply]) -> list[tuple[UUID, str]]:
    """The templates under their titles, in the reader's language."""
    english = (get_language() or "").startswith("en")
    return [(row.pk, row.title_en if english else row.title_zh) for row in replies]


def _offered(matter: Matter, chosen: str) -> str:
    for row in replies_for(matter):
        if str(row.pk) == chosen:
            return row.body
    raise NotFound(_("This prepared answer is not offered here any more. Choose another one."))


def _open(text: str) -> str:
    gaps = still_open(text)
    return str(FILL) % {"gaps": "、".join(gaps)} if gaps else ""
