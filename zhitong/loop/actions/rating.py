"""The resident's side: more words, the verdict, once round again, or taken back."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import action
from zhitong.kernel.bus.emit import emit
from zhitong.kernel.errors import Invalid
from zhitong.loop import queries
from zhitong.loop.actions.merging import part
from zhitong.loop.actions.moving import NotNow, advance, checked_words, require_possible
from zhitong.loop.domain import Stage, Verb, verb_after_rating
from zhitong.loop.events import MatterRated, MatterReopened, MatterWithdrawn, MergedAdded
from zhitong.loop.models import Matter

MOST_ADDED = 50
ENOUGH = _("You have added a great deal, and all of it is kept. For more, please call or come by.")


@action("loop.add", describe=_("Add words to one's own matter"))
def add(*, id: UUID, text: str) -> None:
    """The resident adds something while the matter is open, MOST_ADDED times at most.

    Whoever holds a link needs no account; without an end somebody could bury the answers.
    """
    matter = queries.matter(id)
    if queries.times_added(matter) >= MOST_ADDED:
        raise Invalid(fields={"text": ENOUGH})
    step = advance(matter, Verb.ADD, text=checked_words(text, field="text"))
    if held := queries.merged(matter):
        emit(MergedAdded(held.main, str(matter.pk), str(step.pk)), path=matter.area_path)


@action("loop.rate", describe=_("Rate a matter that was closed"))
def rate(*, id: UUID, stars: int, text: str = "") -> None:
    """The resident's verdict, 1 to 5. Below satisfied, the matter goes round again.

    A merged matter is judged once the main one has ended; who is not satisfied with that gets
    their own matter back.
    """
    if not 1 <= stars <= 5:
        raise Invalid(fields={"stars": _("Choose one of the five faces.")})
    matter = queries.matter(id)
    require_possible(matter, Verb.RATE)
    if matter.stage == Stage.MERGED and not queries.may_judge(matter):
        raise NotNow(reason=f"{matter.stage}:{Verb.RATE}")
    said = checked_words(text, field="text", required=False)
    if verb_after_rating(stars) is Verb.REOPEN:
        _send_round_again(matter, said, stars)
        return
    advance(matter, Verb.RATE, text=said, data={"stars": stars}, stars=stars)
    emit(MatterRated(str(matter.pk), stars), path=matter.area_path)


@action("loop.reopen", describe=_("Send one's own matter round again"))
def reopen(*, id: UUID, text: str) -> None:
    """The resident does not agree with an answer, an outcome, a refusal or a merge; says why."""
    _send_round_again(queries.matter(id), checked_words(text, field="text"), None)


def _send_round_again(matter: Matter, text: str, stars: int | None) -> None:
    """Another round; of a merged matter its own first, parted from the other (decision 0030)."""
    data: dict[str, object] = {} if stars is None else {"stars": stars}
    if matter.stage == Stage.MERGED:
        part(matter)
        advance(matter, Verb.ADD, text=text, data=data, stars=stars)
        return
    advance(
        matter, Verb.REOPEN, text=text, data=data, stars=stars, outcome="", round=matter.round + 1
    )
    emit(MatterReopened(str(matter.pk), matter.round), path=matter.area_path)


@action("loop.withdraw", describe=_("Take one's own matter back"))
def withdraw(*, id: UUID, text: str = "") -> None:
    """The resident takes the matter back; it ends without a verdict."""
    matter = queries.matter(id)
    advance(matter, Verb.WITHDRAW, text=checked_words(text, field="text", required=False))
    emit(MatterWithdrawn(str(matter.pk)), path=matter.area_path)
