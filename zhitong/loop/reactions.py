"""What the loop itself does when something happened in it."""

from uuid import UUID

from zhitong.kernel.bus.emit import reacts_to
from zhitong.loop.actions.notifying import NOTIFYING, notify
from zhitong.loop.domain import Stage
from zhitong.loop.events import MatterAnswered, MatterClosed, MatterRefused


@reacts_to(MatterAnswered, permits=NOTIFYING)
def tell_of_the_answer(fact: MatterAnswered) -> None:
    """The resident hears that there is an answer."""
    notify(id=UUID(fact.matter), stage=Stage.ANSWERED)


@reacts_to(MatterClosed, permits=NOTIFYING)
def ask_for_the_verdict(fact: MatterClosed) -> None:
    """The resident is asked for a verdict, by one tap."""
    notify(id=UUID(fact.matter), stage=Stage.CLOSED)


@reacts_to(MatterRefused, permits=NOTIFYING)
def tell_of_the_refusal(fact: MatterRefused) -> None:
    """The resident hears where the reason stands."""
    notify(id=UUID(fact.matter), stage=Stage.REFUSED)
