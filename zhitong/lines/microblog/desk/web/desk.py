"""The desk: what waits for whom, and one note with its versions and steps."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhitong.kernel.errors import Invalid, NotFound, Refusal, Sentence
from zhitong.kernel.pages import page
from zhitong.kernel.scope import current
from zhitong.lines.microblog.desk import actions, queries
from zhitong.lines.microblog.desk.categories import categories, label_of
from zhitong.lines.microblog.desk.channels import channels_for, looks
from zhitong.lines.microblog.desk.domain import Stage, Verb, possible
from zhitong.lines.microblog.desk.lints import lints
from zhitong.lines.microblog.desk.models import Note, Version
from zhitong.lines.microblog.desk.web.differences import differences
from zhitong.lines.microblog.desk.web.forms import NoteForm, StepForm

STAGES: Mapping[str, Sentence] = {
    Stage.DRAFT: gettext_lazy("Draft"),
    Stage.IN_REVIEW: gettext_lazy("Waits for a look"),
    Stage.CHANGES: gettext_lazy("Sent back"),
    Stage.APPROVED: gettext_lazy("Approved"),
    Stage.SCHEDULED: gettext_lazy("Goes out at its time"),
    Stage.HELD: gettext_lazy("Held back"),
    Stage.PUBLISHED: gettext_lazy("Published"),
    Stage.WITHDRAWN: gettext_lazy("Withdrawn"),
}
DEEDS: Mapping[str, Sentence] = {
    Verb.SUBMIT: gettext_lazy("handed in"),
    Verb.APPROVE: gettext_lazy("approved"),
    Verb.SEND_BACK: gettext_lazy("sent back"),
    Verb.SCHEDULE: gettext_lazy("put on a time"),
    Verb.HOLD: gettext_lazy("held back"),
    Verb.RESUME: gettext_lazy("let go on"),
    Verb.PUBLISH: gettext_lazy("published"),
    Verb.CONFIRM: gettext_lazy("looked at again"),
    Verb.WITHDRAW: gettext_lazy("withdrawn"),
}
NEEDS: Mapping[Verb, str] = {
    Verb.WRITE: "desk.write",
    Verb.SUBMIT: "desk.submit",
    Verb.APPROVE: "desk.review",
    Verb.SEND_BACK: "desk.review",
    Verb.SCHEDULE: "desk.schedule",
    Verb.HOLD: "desk.hold",
    Verb.RESUME: "desk.hold",
    Verb.CONFIRM: "desk.confirm",
    Verb.WITHDRAW: "desk.withdraw",
}


@require_safe
@page(permit="desk.write", line="microblog")
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for somebody, or everything, last changed first."""
    everything = request.GET.get("show") == "all"
    rows, following = queries.on_the_desk(everything=everything, after=request.GET.get("after", ""))
    told = [(row, label_of(row.note.category), STAGES[row.note.stage]) for row in rows]
    context = {"rows": told, "following": following, "everything": everything}
    return render(request, "desk/desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page(permit="desk.write", line="microblog")
def new(request: HttpRequest) -> HttpResponse:
    """Write a new note."""
    return _written(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@page(permit="desk.write", line="microblog")
def edit(request: HttpRequest, id: UUID) -> HttpResponse:
    """Write its next version."""
    return _written(request, queries.note(id))


@require_safe
@page(permit="desk.write", line="microblog")
def note(request: HttpRequest, id: UUID) -> HttpResponse:
    """One note: what it says, what is to be said about that, what happened, what can happen."""
    return _page(request, queries.note(id))


def _written(request: HttpRequest, found: Note | None) -> HttpResponse:
    form = NoteForm(request.POST or None, initial=_before(found))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.write(note=found.pk if found else None, **form.cleaned_data)
        except NotFound:
            raise
        except Refusal as problem:
            _tell(form, problem)
        else:
            messages.success(request, _("Kept. Hand it in when it is ready."))
            return redirect("desk:note", made.pk)
    context = {"form": form, "note": found}
    return render(request, "desk/write.html", context, status=400 if form.is_bound else 200)


def _before(found: Note | None) -> dict[str, Any]:
    if found is None:
        return {}
    said = queries.said(queries.latest(found))
    return {**said, "category": found.category, "version": found.version}


def _tell(form: NoteForm | StepForm, problem: Refusal) -> None:
    for name, sentence in (problem.fields or {"": problem.message}).items():
        form.add_error(name if name in form.fields else None, str(sentence))


def _page(request: HttpRequest, found: Note, *, problem: Refusal | None = None) -> HttpResponse:
    context = {**_told(found), "problem": problem}
    return render(request, "desk/note.html", context, status=problem.status if problem else 200)


def _told(found: Note) -> dict[str, Any]:
    """All that the page of a note shows to whoever acts."""
    versions, scope = queries.versions(found), current()
    latest, before = versions[0], _compared(versions, found)
    verbs = possible(Stage(found.stage))
    return {
        "note": found,
        "latest": latest,
        "before": before,
        "differences": differences(before, latest) if before is not None else [],
        "category": categories()[found.category],
        "about": label_of(found.category),
        "stage": STAGES[found.stage],
        "lints": [
            *lints(**queries.said(latest)),
            *looks(found.category, found.pk, latest.number),
        ],
        "channels": channels_for(found.category),
        "deeds": [(deed, DEEDS.get(deed.verb, deed.verb)) for deed in queries.deeds(found)],
        "may": {verb.value for verb in verbs if NEEDS.get(verb, "") in scope.permits},
        "mine": latest.author == scope.actor,
        "approvals": len(queries.approvers(found)),
    }


def _compared(versions: list[Version], found: Note) -> Version | None:
    """What a reader would compare the latest version with: what is out, or the one before."""
    older = versions[1:]
    out = (one for one in older if one.number == found.out)
    return next(out, older[0] if older else None)


Do = Callable[[UUID, dict[str, Any]], Note]


def _step(request: HttpRequest, id: UUID, do: Do, said: str) -> HttpResponse:
    """Take one step with what the form says; a refusal is told on the note's own page."""
    form = StepForm(request.POST)
    try:
        if not form.is_valid():
            raise Invalid(fields={name: str(told[0]) for name, told in form.errors.items()})
        do(id, form.cleaned_data)
    except NotFound:
        raise
    except Refusal as problem:
        return _page(request, queries.note(id), problem=problem)
    messages.success(request, said)
    return redirect("desk:note", id)


@require_POST
@page(permit="desk.submit", line="microblog")
def submit(request: HttpRequest, id: UUID) -> HttpResponse:
    """Ask a colleague to look at it."""

    def do(note: UUID, told: dict[str, Any]) -> Note:
        return actions.submit(note=note, version=told["version"], urgent=told["urgent"])

    return _step(request, id, do, _("Handed in. A colleague has to approve it."))


@require_POST
@page(permit="desk.review", line="microblog")
def review(request: HttpRequest, id: UUID) -> HttpResponse:
    """Approve it, or send it back with a word."""
    approve = request.POST.get("do") == "approve"

    def do(note: UUID, told: dict[str, Any]) -> Note:
        return actions.review(
            note=note, version=told["version"], approve=approve, words=told["words"]
        )

    return _step(request, id, do, _("Approved.") if approve else _("Sent back."))


@require_POST
@page(permit="desk.schedule", line="microblog")
def schedule(request: HttpRequest, id: UUID) -> HttpResponse:
    """Let it go out, now or at a time."""

    def do(note: UUID, told: dict[str, Any]) -> Note:
        return actions.schedule(note=note, version=told["version"], at=told["at"])

    return _step(request, id, do, _("It goes out at its time."))


@require_POST
@page(permit="desk.hold", line="microblog")
def hold(request: HttpRequest, id: UUID) -> HttpResponse:
    """Hold it back, or let it go on."""
    on = request.POST.get("do") != "resume"

    def do(note: UUID, told: dict[str, Any]) -> Note:
        version = None if on else told["version"]
        return actions.hold(note=note, words=told["words"], on=on, version=version)

    return _step(request, id, do, _("Held back.") if on else _("It waits for a look again."))


@require_POST
@page(permit="desk.confirm", line="microblog")
def confirm(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say that what went out urgently was right."""

    def do(note: UUID, told: dict[str, Any]) -> Note:
        return actions.confirm(note=note, version=told["version"])

    return _step(request, id, do, _("Looked at again."))


@require_POST
@page(permit="desk.withdraw", line="microblog")
def withdraw(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take it back, with a reason."""

    def do(note: UUID, told: dict[str, Any]) -> Note:
        return actions.withdraw(note=note, version=told["version"], words=told["words"])

    return _step(request, id, do, _("Withdrawn. Whoever comes for it is told why."))
