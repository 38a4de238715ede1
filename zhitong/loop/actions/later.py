"""An answer that goes out by itself at its time, as if its writer pressed the button then.

It waits as a draft, and is no step until it goes out: the clock runs on. Taking the draft away
and answering are one transaction, so it goes out once or not at all.
"""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.clock import now
from zhitong.kernel.errors import Denied, Invalid, NotFound, Refusal, Stale
from zhitong.kernel.identity.scopes import staff_scope
from zhitong.kernel.scope import acting, current
from zhitong.loop import queries
from zhitong.loop.actions.answering import answer
from zhitong.loop.actions.drafting import forget_draft, put_down
from zhitong.loop.actions.moving import checked_words, require_possible
from zhitong.loop.actions.replying import with_no_gap
from zhitong.loop.domain import Outcome, Verb
from zhitong.loop.domain.drafting import Box, joined
from zhitong.loop.domain.later import TooFar, TooSoon, goes_out
from zhitong.loop.models import Draft
from zhitong.loop.notices import notices

SEND, GIVE_BACK = "loop.send_waiting", "loop.give_back"
ANSWER, CLOSE = "loop.answer", "loop.close"
SOON = _("Choose a time that is still to come.")
FAR = _("This is too far ahead: at most %(days)d days.")


class Gone(NotFound):
    """It went out, or was taken back, a moment ago."""

    code = "gone"


@action("loop.answer_later", describe=_("Plan an answer for later"))
def answer_later(*, id: UUID, text: str, at: datetime, version: int, outcome: str = "") -> datetime:
    """Let an answer go out at a time, and return when that is: nothing goes out in quiet hours.

    It takes the place of one that the acting person planned before. Takes the permits to answer,
    and to close where there is an ``outcome``. Raises Invalid, Stale and NotNow as answering does.
    """
    current().require(ANSWER)
    if outcome:
        current().require(CLOSE)
        if outcome not in set(Outcome):
            raise Invalid(fields={"outcome": _("Choose how the matter ended.")})
    said = with_no_gap(checked_words(text, field="text"))
    matter = queries.matter(id)
    if version != matter.version:
        raise Stale
    require_possible(matter, Verb.ANSWER)
    goes = _moment(at)
    put_down(matter, Box.WAITING, said, outcome, goes_out_at=goes, version=version)
    forget_draft(matter, Box.ANSWER)
    acted_on(matter.target, path=matter.area_path, goes_out=goes.isoformat(timespec="minutes"))
    return goes


@action("loop.call_off", describe=_("Take back an answer that waits to go out"))
def call_off(*, id: UUID) -> None:
    """It does not go out; its writer has it as a draft again. Raises Gone."""
    row = queries.draft(id)
    _back(row, came_back=None)
    acted_on(row.matter.target, path=row.matter.area_path)


@action(SEND, describe=_("Send an answer whose time has come"))
def send_waiting(*, id: UUID) -> None:
    """Answer with it, as its writer and with what the writer may do now.

    Raises Gone, and what answering raises: then nothing has happened.
    """
    row = queries.draft(id)
    if row.goes_out_at is None or row.goes_out_at > now():
        raise Gone
    if not row.account.active:
        raise Denied(reason="closed account")
    _taken(row)
    acted_on(row.matter.target, path=row.matter.area_path)
    with acting(staff_scope(row.account)):
        answer(id=row.matter_id, text=row.text, version=row.version, outcome=row.outcome)


@action(GIVE_BACK, describe=_("Give back an answer that could not go out"))
def give_back(*, id: UUID) -> None:
    """The matter has moved on, or its writer may not answer it now: it is a draft again."""
    row = queries.draft(id)
    _back(row, came_back=now())
    acted_on(row.matter.target, path=row.matter.area_path)


def send_all_due() -> int:
    """Send what is due, each by itself and none in quiet hours; returns how many went out."""
    sent = 0
    if notices().quiet.holds(now()):
        return sent
    for id in queries.due_to_go():
        try:
            send_waiting(id=id)
            sent += 1
        except Gone:
            continue
        except Refusal:
            give_back(id=id)
    return sent


def _moment(asked: datetime) -> datetime:
    rules = notices()
    try:
        return goes_out(asked, at=now(), quiet=rules.quiet, furthest=rules.furthest)
    except TooSoon as problem:
        raise Invalid(fields={"goes_out": SOON}) from problem
    except TooFar as problem:
        sentence = str(FAR) % {"days": rules.furthest.days}
        raise Invalid(fields={"goes_out": sentence}) from problem


def _taken(row: Draft) -> None:
    """Only one of those who want it gets it. Raises Gone for the others."""
    waiting = Draft.objects.filter(pk=row.pk, goes_out_at=row.goes_out_at, version=row.version)
    if not waiting.delete()[0]:
        raise Gone


def _back(row: Draft, *, came_back: datetime | None) -> None:
    if row.box != Box.WAITING:
        raise Gone
    _taken(row)
    begun = Draft.objects.filter(matter=row.matter, account=row.account, box=Box.ANSWER)
    fields = {"outcome": row.outcome, "saved_at": now(), "came_back": came_back}
    there = begun.first()
    text = joined(there.text if there else "", row.text)
    if there:
        begun.update(text=text, **fields)
    else:
        Draft.objects.create(
            matter=row.matter, account=row.account, label=row.label, box=Box.ANSWER, text=text,
            **fields,
        )  # fmt: skip
