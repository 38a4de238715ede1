"""One matter as staff see it: the timeline, the answer box, who else has it open."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhitong.kernel.areas.queries import label
from zhitong.kernel.errors import Refusal, Stale
from zhitong.kernel.identity.queries import posts_serving
from zhitong.kernel.pages import page
from zhitong.kernel.purposes import FOR_CONTACT, PURPOSES
from zhitong.kernel.reveal import reveal
from zhitong.kernel.scope import current
from zhitong.loop import actions, queries
from zhitong.loop.categories import category_of
from zhitong.loop.domain import Stage, Verb, possible
from zhitong.loop.domain.handing import out_with
from zhitong.loop.domain.tasks import open_tasks
from zhitong.loop.models import Matter
from zhitong.loop.web import clockwords, show, together
from zhitong.loop.web.forms import (
    AnswerForm,
    OutcomeForm,
    QuestionForm,
    ReassignForm,
    RefusalForm,
    VersionForm,
    WordsForm,
)
from zhitong.loop.web.tracking import photo_response
from zhitong.loop.web.why import came_from, dangers, why_here
from zhitong.loop.web.writing import begun
from zhitong.loop.words import CHANNELS

MAY = {
    "may_write": "loop.draft",
    "may_exclude": "loop.propose_exclusion",
    "may_summarise": "loop.draft_summary",
}
"""What the page offers besides the steps of the lifecycle."""
PERMIT_OF = {verb: f"loop.{verb.value}" for verb in Verb}


@require_safe
@page(permit="loop.read")
def matter(request: HttpRequest, code: str) -> HttpResponse:
    """Open the record: this is written down, and the resident sees it."""
    opened = actions.open_record(code=code)
    return render(request, "loop/matter.html", _context(opened))


@require_POST
@page(permit="loop.take")
def take(request: HttpRequest, code: str) -> HttpResponse:
    """Take the matter in hand."""
    found, form = queries.by_code(code), VersionForm(request.POST)
    if not form.is_valid():
        raise Stale(reason="no version was sent")
    actions.take(id=found.pk, version=form.cleaned_data["version"])
    return _back(request, code, _("It is yours now."))


@require_POST
@page(permit="loop.note")
def note(request: HttpRequest, code: str) -> HttpResponse:
    """Write an internal note."""
    found = queries.by_code(code)
    try:
        actions.note(id=found.pk, text=request.POST.get("text", ""))
    except Refusal as problem:
        return _wrong(request, found, "note_form", WordsForm(request.POST), problem)
    return _back(request, code, _("Note kept. Residents never see it."))


@require_POST
@page(permit="loop.ask")
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Ask the resident a question."""
    found, form = queries.by_code(code), QuestionForm(request.POST)
    if not form.is_valid():
        return _wrong(request, found, "ask_form", form)
    try:
        actions.ask(id=found.pk, **form.cleaned_data)
    except Refusal as problem:
        return _wrong(request, found, "ask_form", form, problem)
    return _back(request, code, _("Asked. The time for the end stands still for a while."))


@require_POST
@page(permit="loop.answer")
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Answer the resident and, if asked, close with the outcome."""
    found, form = queries.by_code(code), AnswerForm(request.POST)
    if not form.is_valid():
        return _wrong(request, found, "answer_form", form)
    try:
        actions.answer(id=found.pk, **form.cleaned_data)
    except Refusal as problem:
        return _wrong(request, found, "answer_form", form, problem)
    return _back(request, code, _("Answered. The resident can read it now."))


@require_POST
@page(permit="loop.close")
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Close the matter with its outcome."""
    found, form = queries.by_code(code), OutcomeForm(request.POST)
    if not form.is_valid():
        return _wrong(request, found, "close_form", form)
    try:
        actions.close(id=found.pk, **form.cleaned_data)
    except Refusal as problem:
        return _wrong(request, found, "close_form", form, problem)
    return _back(request, code, _("Closed. The resident is asked for a verdict."))


@require_POST
@page(permit="loop.refuse")
def refuse(request: HttpRequest, code: str) -> HttpResponse:
    """Refuse the matter with a reason."""
    found, form = queries.by_code(code), RefusalForm(request.POST)
    if not form.is_valid():
        return _wrong(request, found, "refuse_form", form)
    try:
        actions.refuse(id=found.pk, **form.cleaned_data)
    except Refusal as problem:
        return _wrong(request, found, "refuse_form", form, problem)
    return _back(request, code, _("Refused. The resident can read the reason."))


@require_POST
@page(permit="loop.reassign")
def reassign(request: HttpRequest, code: str) -> HttpResponse:
    """Pass the matter on to another post."""
    found, form = queries.by_code(code), ReassignForm(request.POST)
    if not form.is_valid():
        return _wrong(request, found, "reassign_form", form)
    try:
        actions.reassign(id=found.pk, **form.cleaned_data)
    except Refusal as problem:
        return _wrong(request, found, "reassign_form", form, problem)
    return _back(request, code, _("Passed on."))


@require_POST
@page(permit="loop.look")
def presence(request: HttpRequest, code: str) -> HttpResponse:
    """Say "still here" and hear who else is; asked every few seconds by the open page."""
    found = queries.by_code(code)
    actions.stay(id=found.pk)
    return render(request, "loop/presence.html", {"beside": queries.beside(found)})


@require_POST
@page(permit="sealed.reveal")
def contact(request: HttpRequest, code: str, part: str) -> HttpResponse:
    """Show a sealed name or number, for a purpose that the resident can read."""
    found = queries.by_code(code)
    sealed = {"phone": found.resident_phone, "name": found.resident_name}[part]
    asked = request.POST.get("purpose", "")
    purpose = asked if asked in FOR_CONTACT else ""
    text = (
        reveal(sealed, purpose=purpose, target=found.target, path=found.area_path) if sealed else ""
    )
    template = "loop/revealed.html" if request.headers.get("HX-Request") else "loop/contact.html"
    return render(request, template, {"text": text, "matter": found})


@require_safe
@page(permit="loop.read")
def photo(request: HttpRequest, code: str, id: UUID) -> FileResponse:
    """One picture of this matter."""
    del request
    return photo_response(id, of=queries.by_code(code))


def _wrong(
    request: HttpRequest, matter: Matter, name: str, form: Form, problem: Refusal | None = None
) -> HttpResponse:
    """The page as it stands now, with what to mend; what was typed is still there.

    The whole record is on it, so this is a look like any other and is written down as one.
    """
    if form.errors.pop("version", None):
        problem = Stale(reason="no version was sent")
    if problem:
        form.add_error(None, str(next(iter(problem.fields.values()), problem.message)))
    fresh = actions.open_record(code=matter.code)
    form.data = request.POST.copy()
    form.data["version"] = str(fresh.version)
    context = _context(fresh) | {name: form, "here": reverse("loop:matter", args=[fresh.code])}
    if name.removesuffix("_form") not in context["can"]:
        kept = request.POST.get("text", "") or request.POST.get("reason", "")
        context |= {"gone": form, "kept": kept}
    return render(request, "loop/matter.html", context, status=problem.status if problem else 400)


def _context(matter: Matter) -> dict[str, Any]:
    steps = queries.timeline(matter, public_only=False)
    pictures = show.pictures(queries.photos(matter, steps), "loop:photo", matter.code)
    version = {"version": matter.version}
    allowed = {verb for verb in possible(Stage(matter.stage)) if _holds(verb)}
    return {
        "matter": matter,
        "place": label(show.code_of(matter)),
        "way": show.way(matter, steps),
        "clock": clockwords.told(queries.reckoned(matter.opened_at, queries.life_of(steps))),
        "steps": show.steps_seen(matter, steps, pictures),
        "why": why_here(steps),
        "danger": dangers(steps),
        "handed": out_with((step.verb, step.at, step.data) for step in steps),
        "open_tasks": open_tasks((step.verb, step.data) for step in steps),
        "origin": came_from(steps),
        "into": together.into(steps) if matter.stage == Stage.MERGED else "",
        "merged_here": together.here(steps),
        "parts": [one["code"] for one in together.parts(steps)],
        "whole": together.whole(steps)[0],
        "may_unmerge": matter.stage == Stage.MERGED and _holds(Verb.UNMERGE),
        "beside": (beside := queries.beside(matter)),
        "can": {verb.value for verb in allowed},
        "may_close": _holds(Verb.CLOSE),
        **{name: permit in current().permits for name, permit in MAY.items()},
        "mine": matter.owner_id in current().posts,
        "category": category_of(matter.category),
        "channel": CHANNELS[matter.channel],
        "purposes": [(code, PURPOSES[code]) for code in FOR_CONTACT],
        "answer_form": AnswerForm(initial=version | begun(beside.answer), auto_id="answer_%s"),
        "close_form": OutcomeForm(initial=version, auto_id="close_%s"),
        "ask_form": QuestionForm(initial=version, auto_id="ask_%s"),
        "note_form": WordsForm(initial=begun(beside.note), auto_id="note_%s"),
        "reassign_form": ReassignForm(initial=version, auto_id="reassign_%s"),
        "refuse_form": RefusalForm(initial=version, auto_id="refuse_%s"),
        "posts": posts_serving(matter.area_path).exclude(pk=matter.owner_id)
        if Verb.REASSIGN in allowed
        else (),
    }


def _holds(verb: Verb) -> bool:
    return PERMIT_OF[verb] in current().permits


def _back(request: HttpRequest, code: str, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("loop:matter", code)
