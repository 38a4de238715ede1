"""What the loop itself does when something happened in it."""

from uuid import UUID

from zhitong.kernel.bus.emit import reacts_to
from zhitong.kernel.errors import NotFound
from zhitong.kernel.rights.domain import Kind
from zhitong.kernel.rights.domain import State as Asked
from zhitong.kernel.rights.events import DataAnswered, DataAsked
from zhitong.loop import queries
from zhitong.loop.actions.mailing import MAIL_BACK, mail_back
from zhitong.loop.actions.merging import between, unmerge
from zhitong.loop.actions.notifying import (
    ASKED,
    DATA_ANSWERED,
    NOTIFYING,
    RETERMED,
    SPLIT,
    TO_BE_ERASED,
    TOGETHER,
    notify,
)
from zhitong.loop.actions.passing import HAND_ON, PASS_ON, hand_on, pass_on
from zhitong.loop.actions.publishing import PUBLISH, publish
from zhitong.loop.domain import Channel, Stage, Verb
from zhitong.loop.domain.debts import State
from zhitong.loop.events import (
    MatterAnswered,
    MatterAsked,
    MatterClosed,
    MatterEmptied,
    MatterMerged,
    MatterMoved,
    MatterOwned,
    MatterReclassified,
    MatterRefused,
    MatterReopened,
    MatterSplit,
    MatterWithdrawn,
    MergedAdded,
)
from zhitong.loop.models import Matter

TELLING = NOTIFYING | {MAIL_BACK}
MATTER = "loop.Matter"
Moved = (
    MatterOwned | MatterMoved | MatterAnswered | MatterClosed | MatterEmptied
    | MatterReclassified | MatterReopened | MatterRefused | MatterWithdrawn
)  # fmt: skip


@reacts_to(MatterAnswered, permits=TELLING)
def tell_of_the_answer(fact: MatterAnswered) -> None:
    """The resident hears that there is an answer; so do those whose matter was merged into it."""
    _tell(fact.matter, Stage.ANSWERED)
    _pass_on(fact.matter, Verb.ANSWER, Stage.ANSWERED, fact.step)


@reacts_to(MatterAsked, permits=TELLING)
def tell_of_the_question(fact: MatterAsked) -> None:
    """The resident hears that we wait for a word of theirs, if we still do."""
    matter = queries.matter(UUID(fact.matter))
    waiting = queries.reckoned(matter.opened_at, queries.life(matter)).state is State.WAITING
    if waiting:
        _send(matter, ASKED)
    _pass_on(fact.matter, Verb.ASK, ASKED, fact.step)


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
    _pass_on(fact.matter, Verb.CLOSE, Stage.CLOSED)


@reacts_to(MatterRefused, permits=TELLING)
def tell_of_the_refusal(fact: MatterRefused) -> None:
    """The resident hears where the reason stands."""
    _tell(fact.matter, Stage.REFUSED)
    _pass_on(fact.matter, Verb.REFUSE, Stage.REFUSED)


@reacts_to(MatterReopened, permits=TELLING)
def pass_on_the_next_round(fact: MatterReopened) -> None:
    """Those whose matter was merged into it see that it goes round again, and are not rung up."""
    _pass_on(fact.matter, Verb.REOPEN, "")


@reacts_to(MatterWithdrawn, permits=TELLING)
def part_from_what_was_taken_back(fact: MatterWithdrawn) -> None:
    """One resident takes back their own matter only: those merged into it go on by themselves."""
    with between("loop.unmerge"):
        for other in queries.merged_matters(queries.matter(UUID(fact.matter))):
            unmerge(id=other.pk)


@reacts_to(MatterMerged, permits=TELLING)
def tell_that_it_is_dealt_with_together(fact: MatterMerged) -> None:
    """The resident hears where the answers will be, if that is still so."""
    matter = queries.matter(UUID(fact.matter))
    if matter.stage == Stage.MERGED:
        _send(matter, TOGETHER)


@reacts_to(MatterSplit, permits=TELLING)
def tell_of_the_parts(fact: MatterSplit) -> None:
    """The resident hears that one page leads to all that became of their message."""
    _send(queries.matter(UUID(fact.matter)), SPLIT)


@reacts_to(MergedAdded, permits={HAND_ON})
def show_what_was_added(fact: MergedAdded) -> None:
    """Who deals with the main matter sees that there is more to read on this one."""
    id = UUID(fact.matter)
    held = queries.merged(queries.matter(id))
    if held and held.main == fact.main:
        with between(HAND_ON):
            hand_on(id=UUID(fact.main), matter=id, step=UUID(fact.step))


def _pass_on(main: str, verb: Verb, news: str, step: str = "") -> None:
    """The same news for the resident of every matter merged into this one, each by their door.

    An answer that closed the matter at once is told once, with the end.
    """
    matter = queries.matter(UUID(main))
    stale = news == Stage.ANSWERED and matter.stage != Stage.ANSWERED
    with between(PASS_ON, *TELLING):
        for other in queries.merged_matters(matter):
            pass_on(id=other.pk, main=matter.pk, verb=verb, step=UUID(step) if step else None)
            if news and not stale:
                _send(other, news)


@reacts_to(MatterOwned, permits={PUBLISH})
@reacts_to(MatterMoved, permits={PUBLISH})
@reacts_to(MatterAnswered, permits={PUBLISH})
@reacts_to(MatterClosed, permits={PUBLISH})
@reacts_to(MatterEmptied, permits={PUBLISH})
@reacts_to(MatterReclassified, permits={PUBLISH})
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
