"""A note is put on a time, held back, let out, and withdrawn."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import action
from zhitong.kernel.bus.emit import emit
from zhitong.kernel.clock import now
from zhitong.kernel.errors import Invalid, Stale
from zhitong.kernel.text.clean import clean_line
from zhitong.lines.microblog.desk import queries
from zhitong.lines.microblog.desk.actions.moving import deed, step
from zhitong.lines.microblog.desk.actions.reviewing import LONGEST
from zhitong.lines.microblog.desk.actions.writing import REASON
from zhitong.lines.microblog.desk.categories import categories
from zhitong.lines.microblog.desk.domain import LOOK_AGAIN, Stage, Verb
from zhitong.lines.microblog.desk.events import NotePublished, NoteWithdrawn
from zhitong.lines.microblog.desk.lints import private
from zhitong.lines.microblog.desk.models import Note, Publication

FARTHEST = timedelta(days=366)


@action("desk.schedule", describe=_("Put an approved note on a day"))
def schedule(*, note: UUID, version: int, at: datetime | None = None) -> Note:
    """Let it go out at an instant, now when none is given. Raises Invalid, NotNow, Stale."""
    found, moment = queries.note(note), now()
    due = at or moment
    if not moment <= due <= moment + FARTHEST:
        raise Invalid(fields={"at": _("Choose a time from now on, within a year.")})
    step(found, Verb.SCHEDULE, version=version, due_at=due)
    deed(found, Verb.SCHEDULE, due.isoformat())
    return found


@action("desk.hold", describe=_("Hold a note back, or let it go on"))
def hold(*, note: UUID, words: str, on: bool = True, version: int | None = None) -> Note:
    """Stop what has not gone out yet, or let it be looked at once more.

    A hold needs no version: it wins over whatever somebody else does at the same moment.
    """
    found = queries.note(note)
    verb = Verb.HOLD if on else Verb.RESUME
    said = clean_line(words, max_length=LONGEST)
    if on and not said.strip():
        raise Invalid(fields={"words": _("Say why it is held back.")})
    for _again in range(3):
        try:
            step(found, verb, version=version, due_at=None)
            break
        except Stale:
            if version is not None or not on:
                raise
            found = queries.note(note)
    else:
        raise Stale
    deed(found, verb, said)
    return found


@action("desk.publish", describe=_("Let out what is due"))
def publish(*, note: UUID) -> bool:
    """Put the approved version before the public, once; False when it is not due any more."""
    found, at = queries.note(note), now()
    if found.stage != Stage.SCHEDULED or found.due_at is None or found.due_at > at:
        return False
    latest = queries.latest(found)
    again = at + LOOK_AGAIN if found.urgent else found.look_again_at
    step(found, Verb.PUBLISH, out=latest.number, due_at=None, look_again_at=again)
    deed(found, Verb.PUBLISH)
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
    if stops := [lint.sentence for lint in private(said) if lint.stops]:
        raise Invalid(fields={"words": stops[0]})
    was_out = found.out is not None
    step(found, Verb.WITHDRAW, version=version, out=None, due_at=None, look_again_at=None)
    deed(found, Verb.WITHDRAW, said)
    if was_out:
        gone = {"title": "", "words": "", "title_en": "", "words_en": ""}
        Publication.objects.filter(pk=found.pk).update(
            **gone, why=said, withdrawn_at=at, changed_at=at
        )
        emit(NoteWithdrawn(note=str(found.pk)), path=found.area_path)
    return found
