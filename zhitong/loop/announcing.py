"""What partner systems may be told of: ids and codes, never what was said or by whom."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.areas.codes import code_of
from zhitong.kernel.errors import Sentence
from zhitong.kernel.webhooks.offers import offer
from zhitong.kernel.webhooks.owing import Told
from zhitong.loop import events, queries

TOLD = ("step", "post", "outcome", "stars", "to", "item", "rung")
"""Fields of facts that are passed on: ids, codes and numbers."""

OFFERED: dict[type, Sentence] = {
    events.MatterReceived: _("A matter has come in"),
    events.MatterOwned: _("A matter was taken in hand"),
    events.MatterMoved: _("The place of a matter was corrected"),
    events.MatterAsked: _("The resident was asked something"),
    events.MatterHandedOver: _("A matter was handed over to 110 or 12345"),
    events.MatterTakenBack: _("A matter was taken back from 110 or 12345"),
    events.MatterAnswered: _("A matter was answered"),
    events.MatterClosed: _("A matter was closed"),
    events.MatterRated: _("A resident gave a verdict"),
    events.MatterReopened: _("A matter goes round again"),
    events.MatterEscalated: _("A matter is late"),
    events.MatterWithdrawn: _("A resident took a matter back"),
    events.MatterRefused: _("A matter was refused"),
}


def told(fact: Any) -> Told:
    """Where the matter stands now, and the codes that the fact itself names."""
    matter = queries.matter(UUID(fact.matter))
    about: Told = {
        "matter": str(matter.pk),
        "code": matter.code,
        "area": code_of(matter.area_path),
        "category": matter.category,
        "stage": str(matter.stage),
        "round": matter.round,
    }
    return about | {name: getattr(fact, name) for name in TOLD if hasattr(fact, name)}


for kind, label in OFFERED.items():
    offer(kind, label=label, tell=told)
