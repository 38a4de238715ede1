"""What the desk does: write, ask for a look, approve, put on a day, hold, publish, withdraw."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.areas.codes import code_of, is_code, path_of
from zhitong.kernel.areas.models import Area
from zhitong.kernel.areas.queries import UNKNOWN
from zhitong.kernel.bus.emit import emit
from zhitong.kernel.clock import now
from zhitong.kernel.errors import Invalid, Refusal, Stale
from zhitong.kernel.scope import current
from zhitong.kernel.text.clean import clean_line, clean_text
from zhitong.lines.microblog.desk import queries
from zhitong.lines.microblog.desk.categories import categories
from zhitong.lines.microblog.desk.domain import (
    LOOK_AGAIN,
    Stage,
    Verb,
    WrongStage,
    approved,
    move,
)
from zhitong.lines.microblog.desk.events import NotePublished, NoteWithdrawn
from zhitong.lines.microblog.desk.lints import lints
from zhitong.lines.microblog.desk.models import Deed, Note, Publication, Version

TITLE, TITLE_EN, WORDS, REASON = 80, 160, 5_000, 200
FARTHEST = timedelta(days=366)


class NotNow(Refusal):
    """The note is at a stage that has no such step."""

    status = 409
    code = "not_now"
    sentence = _("This is not possible at the stage the note is in. Reload to see it.")


class OwnWords(Refusal):
    """Whoever wrote a version wants to approve it."""

    status = 409
    code = "own_words"
    sentence = _("Somebody else has to approve what you wrote. Ask a colleague.")


@action("desk.write", describe=_("Write a note, or its next version"))
def write(
    *,
    category: str,
    title: str,
    words: str,
    title_en: str = "",
    words_en: str = "",
    why: str = "",
    area: str = "",
    note: UUID | None = None,
    version: int | None = None,
) -> Note:
    """Write a new note, or a further version of ``note``, and return it.

    It is about ``area``, or all that the writer reaches. ``version`` is that of the note on the
    screen. A further version of what is out is a
    correction: it says ``why``, and what is out stays until it was approved. Raises Invalid,
    NotNow, Stale.
    """
    content = _content(title, words, title_en, words_en, why)
    if category not in categories():
        raise Invalid(fields={"category": _("Choose what it is about from the list.")})
    if note is None:
        found = _new(category, area)
    else:
        found = queries.note(note)
        if found.out is not None and not content["why"]:
            raise Invalid(fields={"why": _("Say what is corrected: readers are told.")})
        changes = {"latest": found.latest + 1, "category": category, "due_at": None}
        _step(found, Verb.WRITE, version=version, urgent=False, **changes)
    scope = current()
    Version.objects.create(
        note=found, number=found.latest, author=scope.actor, label=scope.label, at=now(), **content
    )
    acted_on(target_of(found), path=found.area_path, number=found.latest)
    return found


@action("desk.submit", describe=_("Ask a colleague to look at a note"))
def submit(*, note: UUID, version: int, urgent: bool = False) -> Note:
    """Ask for a look at the latest version. ``urgent`` is for categories that allow it: it goes
    out with the first approval, and is looked at again within a day. Raises Invalid."""
    found = queries.note(note)
    if urgent and not categories()[found.category].urgent:
        raise Invalid(fields={"urgent": _("Only warnings and weather may go the short way.")})
    _must_be_clean(queries.latest(found))
    _step(found, Verb.SUBMIT, version=version, urgent=urgent)
    _deed(found, Verb.SUBMIT)
    return found


@action("desk.review", describe=_("Approve a note, or send it back"))
def review(*, note: UUID, version: int, approve: bool, words: str = "") -> Note:
    """Say yes or no to the latest version. Raises OwnWords to its author, NotNow, Stale."""
    found = queries.note(note)
    latest, scope = queries.latest(found), current()
    if latest.author == scope.actor:
        raise OwnWords
    if not approve:
        said = clean_line(words, max_length=500)
        if not said.strip():
            raise Invalid(fields={"words": _("Say what has to change.")})
        _step(found, Verb.SEND_BACK, version=version)
        _deed(found, Verb.SEND_BACK, said)
        return found
    _must_be_clean(latest)
    _require(found, Verb.APPROVE, version)
    _deed(found, Verb.APPROVE, clean_line(words, max_length=500))
    if approved(categories()[found.category], queries.approvers(found), {latest.author}):
        _step(found, Verb.APPROVE)
        if found.urgent:
            _step(found, Verb.SCHEDULE, due_at=now())
    else:
        _touch(found)
    return found


@action("desk.schedule", describe=_("Put an approved note on a day"))
def schedule(*, note: UUID, version: int, at: datetime | None = None) -> Note:
    """Let it go out at an instant, now when none is given. Raises Invalid, NotNow, Stale."""
    found, moment = queries.note(note), now()
    due = at or moment
    if not moment <= due <= moment + FARTHEST:
        raise Invalid(fields={"at": _("Choose a time from now on, within a year.")})
    _step(found, Verb.SCHEDULE, version=version, due_at=due)
    _deed(found, Verb.SCHEDULE, due.isoformat())
    return found


@action("desk.hold", describe=_("Hold a note back, or let it go on"))
def hold(*, note: UUID, words: str, on: bool = True, version: int | None = None) -> Note:
    """Stop what has not gone out yet, or let it be looked at once more.

    A hold needs no version: it wins over whatever somebody else does at the same moment.
    """
    found = queries.note(note)
    verb = Verb.HOLD if on else Verb.RESUME
    said = clean_line(words, max_length=500)
    if on and not said.strip():
        raise Invalid(fields={"words": _("Say why it is held back.")})
    for _again in range(3):
        try:
            _step(found, verb, version=version, due_at=None)
            break
        except Stale:
            if version is not None or not on:
                raise
            found = queries.note(note)
    else:
        raise Stale
    _deed(found, verb, said)
    return found


@action("desk.confirm", describe=_("Look again at what went out urgently"))
def confirm(*, note: UUID, version: int) -> Note:
    """Say that what went out with one approval was right. Not by its author or approver."""
    found = queries.note(note)
    if found.look_again_at is None:
        raise NotNow
    if current().actor in {queries.latest(found).author, *queries.approvers(found)}:
        raise OwnWords
    _step(found, Verb.CONFIRM, version=version, look_again_at=None)
    _deed(found, Verb.CONFIRM)
    return found


@action("desk.publish", describe=_("Let out what is due"))
def publish(*, note: UUID) -> bool:
    """Put the approved version before the public, once; False when it is not due any more."""
    found, at = queries.note(note), now()
    if found.stage != Stage.SCHEDULED or found.due_at is None or found.due_at > at:
        return False
    latest = queries.latest(found)
    again = at + LOOK_AGAIN if found.urgent else found.look_again_at
    _step(found, Verb.PUBLISH, out=latest.number, due_at=None, look_again_at=again)
    _deed(found, Verb.PUBLISH)
    stays = categories()[found.category].lasts
    copied: dict[str, object] = {
        "number": latest.number,
        "why": latest.why,
        "category": found.category,
        "area_id": found.area_id,
        "changed_at": at,
        "expires_at": at + stays if stays else None,
        **queries.said(latest),
    }
    Publication.objects.update_or_create(
        pk=found.pk, defaults=copied, create_defaults={**copied, "published_at": at}
    )
    emit(NotePublished(note=str(found.pk), number=latest.number), path=found.area_path)
    return True


@action("desk.withdraw", describe=_("Withdraw a note"))
def withdraw(*, note: UUID, version: int, words: str) -> Note:
    """Take back a draft, or what is out: readers are told why. Raises Invalid, NotNow, Stale."""
    found, at = queries.note(note), now()
    said = clean_line(words, max_length=REASON)
    if not said.strip():
        raise Invalid(fields={"words": _("Say why: whoever comes for it is told.")})
    was_out = found.out is not None
    _step(found, Verb.WITHDRAW, version=version, out=None, due_at=None, look_again_at=None)
    _deed(found, Verb.WITHDRAW, said)
    if was_out:
        gone = {"title": "", "words": "", "title_en": "", "words_en": ""}
        Publication.objects.filter(pk=found.pk).update(
            **gone, why=said, withdrawn_at=at, changed_at=at
        )
        emit(NoteWithdrawn(note=str(found.pk)), path=found.area_path)
    return found


def target_of(note: Note) -> str:
    """How the audit log names a note."""
    return f"desk.Note:{note.pk}"


def _content(title: str, words: str, title_en: str, words_en: str, why: str) -> dict[str, str]:
    content = {
        "title": clean_line(title, max_length=TITLE),
        "words": clean_text(words, max_length=WORDS),
        "title_en": clean_line(title_en, max_length=TITLE_EN),
        "words_en": clean_text(words_en, max_length=WORDS),
        "why": clean_line(why, max_length=REASON),
    }
    empty = [name for name in ("title", "words") if not content[name].strip()]
    if empty:
        raise Invalid(fields={name: _("Please write something here.") for name in empty})
    if bool(content["title_en"].strip()) != bool(content["words_en"].strip()):
        raise Invalid(fields={"title_en": _("English needs a title and words, or neither.")})
    return content


def _new(category: str, area: str) -> Note:
    code = area or code_of(next(iter(current().reach.subtrees), ""))
    within = is_code(code) and current().reach.covers(path=path_of(code))
    place = Area.objects.filter(code=code, retired_at=None).first() if within else None
    if place is None:
        raise Invalid(fields={"area": UNKNOWN})
    made: Note = Note.objects.create(
        area=place, area_path=place.path, category=category, changed_at=now()
    )
    return made


def _must_be_clean(version: Version) -> None:
    stops = [lint.sentence for lint in lints(**queries.said(version)) if lint.stops]
    if stops:
        raise Invalid(fields={"words": stops[0]})


def _require(note: Note, verb: Verb, version: int | None) -> Stage:
    if version is not None and version != note.version:
        raise Stale
    try:
        return move(Stage(note.stage), verb)
    except WrongStage as wrong:
        raise NotNow(reason=str(wrong)) from wrong


def _step(note: Note, verb: Verb, *, version: int | None = None, **changes: object) -> None:
    """Move the note, if nobody else has meanwhile. Raises NotNow, Stale."""
    _swap(note, {"stage": _require(note, verb, version), **changes})
    acted_on(target_of(note), path=note.area_path, verb=verb.value)


def _touch(note: Note) -> None:
    _swap(note, {})
    acted_on(target_of(note), path=note.area_path)


def _swap(note: Note, changes: dict[str, object]) -> None:
    changes = {**changes, "changed_at": now(), "version": note.version + 1}
    if Note.objects.filter(pk=note.pk, version=note.version).update(**changes) != 1:
        raise Stale
    for name, value in changes.items():
        setattr(note, name, value)


def _deed(note: Note, verb: Verb, words: str = "") -> None:
    scope = current()
    Deed.objects.create(
        note=note,
        number=note.latest,
        verb=verb,
        actor=scope.actor,
        label=scope.label,
        words=words,
        at=now(),
    )
