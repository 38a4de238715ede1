"""What the loop itself does when something happened in it."""

from uuid import UUID

from zhitong.kernel.bus.emit import reacts_to
from zhitong.kernel.errors import NotFound
from zhitong.kernel.rights.domain import Kind
from zhitong.kernel.rights.domain import State as Asked
from zhitong.kernel.rights.events import DataAnswered, DataAsked
from zhitong.loop import queries
from zhitong.loop.actions.mailing import MAIL_BACK, mail_back
from zhitong.loop.actions.notifying import (
    ASKED,
    DATA_ANSWERED,
    NOTIFYING,
    RETERMED,
    TO_BE_ERASED,
    notify,
)
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
MATTER = "loop.Matter"
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


@reacts_to(DataAsked, permits=TELLING)
def warn_of_the_erasure(fact: DataAsked) -> None:
    """Whose number stands on a matter hears that it is to be erased: it may not have been them."""
    if fact.kind == Kind.ERASE and fact.state == Asked.GRANTED:
        _tell_about(fact.target, TO_BE_ERASED)


@reacts_to(DataAnswered, permits=TELLING)
def tell_of_the_decision(fact: DataAnswered) -> None:
    """The resident hears that a request about their data was decided."""
    granted = fact.kind == Kind.ERASE and fact.state == Asked.GRANTED
    _tell_about(fact.target, TO_BE_ERASED if granted else DATA_ANSWERED)


def _tell_about(target: str, news: str) -> None:
    """Only about matters, and only while there is somebody left to tell."""
    model, _colon, key = target.partition(":")
    if model != MATTER:
        return
    try:
        _send(queries.matter(UUID(key)), news)
    except NotFound:
        return


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
