"""Correcting what a matter is about: other limits may hold from then on, the owner stays."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import action
from zhitong.kernel.bus.emit import emit
from zhitong.kernel.errors import Invalid
from zhitong.loop import queries
from zhitong.loop.actions.moving import advance, checked_words
from zhitong.loop.categories import CATEGORIES
from zhitong.loop.domain import Verb
from zhitong.loop.domain.lives import TERMS, terms_of
from zhitong.loop.domain.policy import same_promise
from zhitong.loop.events import MatterReclassified

CHOOSE = _("Choose what it is about from the list.")
SAME = _("It is in this category already. Choose another one.")


@action("loop.reclassify", describe=_("Correct what a matter is about"))
def reclassify(*, id: UUID, category: str, reason: str, version: int | None = None) -> bool:
    """Put an open matter into another category; returns whether the resident is told.

    From this moment the limits of the new category hold: of each, the share that is used stays
    used. The resident hears of it, with the reason, exactly when other limits were promised for
    it. Raises Invalid.
    """
    matter = queries.matter(id)
    if category not in CATEGORIES:
        raise Invalid(fields={"category": CHOOSE})
    if category == matter.category:
        raise Invalid(fields={"category": SAME})
    text = checked_words(reason, field="reason")
    before, terms = matter.category, CATEGORIES[category].terms
    policy = queries.policy_at(matter.opened_at)
    told = not same_promise(policy, terms_of(queries.life(matter)), terms)
    data: dict[str, object] = {"from": before, "to": category, TERMS: terms}
    advance(
        matter,
        Verb.RECLASSIFY,
        text=text,
        public=told,
        version=version,
        data=data,
        category=category,
    )
    emit(MatterReclassified(str(matter.pk), category, before, told), path=matter.area_path)
    return told
