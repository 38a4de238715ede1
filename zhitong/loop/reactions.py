"""What the loop itself does when something happened in it."""

from uuid import UUID

from zhitong.kernel.bus.emit import reacts_to
from zhitong.loop import queries
from zhitong.loop.actions.mailing import MAIL_BACK, mail_back
from zhitong.loop.actions.notifying import ASKED, NOTIFYING, RETERMED, notify
from zhitong.loop.actions.publishing import PUBLISH, publish
from zhitong.loop.domain import Channel, Stage
from zhitong.loop.domain.debts import State
from zhitong.loop.events import (
    MatterAnswered,
    MatterAsked,
    MatterClosed,
    MatterEmptied,
    MatterMoved,
    MatterOwned,
    MatterReclassified,
    MatterRefused,
    MatterReopened,
    MatterWithdrawn,
)
from zhitong.loop.models import Matter

TELLING = NOTIFYING | {MAIL_BACK}
Moved = (
    MatterOwned | MatterMoved | MatterAnswered | MatterClosed | MatterEmptied
    | MatterReopened | MatterRefused | MatterWithdrawn
)  # fmt: skip


@reacts_to(MatterAnswered, permits=TELLING)
def tell_of_the_answer(fact: MatterAnswered) -> None:
    """The resident hears that there is an answer."""
    _tell(fact.matter, Stage.ANSWERED)


@reacts_to(MatterAsked, permits=TELLING)
def tell_of_the_question(fact: MatterAsked) -> None:
    """The resident hears that we wait for a word of theirs, if we still do."""
    matter = queries.matter(UUID(fact.matter))
    waiting = queries.reckoned(matter.opened_at, queries.life(matter)).state is State.WAITING
    if waiting:
        _send(matter, ASKED)


@reacts_to(MatterReclassified, permits=TELLING)
def tell_of_other_times(fact: MatterReclassified) -> None:
    """The resident hears that other times are promised, while the matter is open."""
    matter = queries.matter(UUID(fact.matter))
    if fact.told and matter.is_open:
        _send(matter, RETERMED)


@reacts_to(MatterClosed, permits=TELLING)
def ask_for_the_verdict(fact: MatterClosed) -> None:
    """The resident is asked for a verdict, by one tap."""
    _tell(fact.matter, Stage.CLOSED)


@reacts_to(MatterRefused, permits=TELLING)
def tell_of_the_refusal(fact: MatterRefused) -> None:
    """The resident hears where the reason stands."""
    _tell(fact.matter, Stage.REFUSED)


@reacts_to(MatterOwned, permits={PUBLISH})
@reacts_to(MatterMoved, permits={PUBLISH})
@reacts_to(MatterAnswered, permits={PUBLISH})
@reacts_to(MatterClosed, permits={PUBLISH})
@reacts_to(MatterEmptied, permits={PUBLISH})
@reacts_to(MatterReopened, permits={PUBLISH})
@reacts_to(MatterRefused, permits={PUBLISH})
@reacts_to(MatterWithdrawn, permits={PUBLISH})
def show_everybody(fact: Moved) -> None:
    """What lies open shows where the matter stands now."""
    id = UUID(fact.matter)
    if queries.is_open_to_all(id):
        publish(id=id)


def _tell(id: str, stage: Stage) -> None:
    """Only who can be reached, and only what is still news.

    An answer that closed the matter in one go is told once, by the message that asks for the
    verdict.
    """
    matter = queries.matter(UUID(id))
    if matter.stage == stage:
        _send(matter, stage)


def _send(matter: Matter, news: str) -> None:
    """Through the door the word came from."""
    if matter.channel == Channel.MAIL:
        mail_back(id=matter.pk, news=news)
    elif matter.resident_phone is not None:
        notify(id=matter.pk, news=news)
