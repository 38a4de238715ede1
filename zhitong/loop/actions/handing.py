"""Handing a matter over to 110 or 12345, and taking it back. Owner, thread and clock stay."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import action
from zhitong.kernel.bus.emit import emit
from zhitong.kernel.errors import Invalid, Refusal
from zhitong.loop import queries
from zhitong.loop.actions.moving import advance, checked_words
from zhitong.loop.agreements import offered
from zhitong.loop.domain import Verb
from zhitong.loop.domain.handing import Way
from zhitong.loop.events import MatterHandedOver, MatterTakenBack

CHOOSE = _("Choose a type from the agreed list.")


class HandedAlready(Refusal):
    """It is with another line already, or not with any."""

    status = 409
    code = "handed"
    sentence = _("Somebody was faster: look at the timeline to see where the matter is now.")


@action("loop.hand_over", describe=_("Hand a matter over to 110 or 12345"))
def hand_over(*, id: UUID, item: str, reason: str, version: int | None = None) -> None:
    """Hand it over by a type on the agreed list; the resident reads the reason.

    Owner, thread and clock stay: until it is done or taken back, we answer for it. Raises
    Invalid, and HandedAlready when it is with a partner.
    """
    matter = queries.matter(id)
    text = checked_words(reason, field="reason")
    chosen = {one.code: one for one in offered(Way.OUT, matter.area_path)}.get(item)
    if chosen is None:
        raise Invalid(fields={"item": CHOOSE})
    if queries.handed(matter):
        raise HandedAlready
    data: dict[str, object] = {"to": chosen.partner.value, "item": chosen.code}
    advance(matter, Verb.HAND_OVER, text=text, version=version, data=data)
    emit(MatterHandedOver(str(matter.pk), chosen.partner.value, chosen.code), path=matter.area_path)


@action("loop.take_back", describe=_("Take back a matter handed over to 110 or 12345"))
def take_back(*, id: UUID, reason: str, version: int | None = None) -> None:
    """It comes back, or we fetch it; the resident reads why. Raises HandedAlready if we have it."""
    matter = queries.matter(id)
    text = checked_words(reason, field="reason")
    handed = queries.handed(matter)
    if handed is None:
        raise HandedAlready
    advance(matter, Verb.TAKE_BACK, text=text, version=version, data={"from": handed.to})
    emit(MatterTakenBack(str(matter.pk), handed.to), path=matter.area_path)
