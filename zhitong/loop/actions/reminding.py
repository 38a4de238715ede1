"""Reminding the owner, and telling those above when something is late."""

from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.bus.emit import emit
from zhitong.kernel.clock import now
from zhitong.kernel.identity.queries import upwards
from zhitong.loop import queries
from zhitong.loop.domain.ladder import Rung
from zhitong.loop.events import MatterEscalated
from zhitong.loop.models import Matter, Reminder
from zhitong.loop.queries.reminding import standing

NEVER = timedelta(days=3650)
REMIND, LOOK_LATER = "loop.remind", "loop.look_later"


@action(REMIND, describe=_("Remind of a matter, or tell that it is late"))
def remind(*, id: UUID) -> int:
    """Climb the rungs that are reached, each once; returns how many.

    The owner is reminded at half and at four fifths of the time; when it is late the post above
    is told, and much later the topmost one.
    """
    matter = queries.matter(id)
    fresh, again = standing(matter)
    above = upwards(matter.owner)
    for each in fresh:
        post = {Rung.OVER: above[min(1, len(above) - 1)], Rung.FAR: above[-1]}.get(
            each.rung, matter.owner
        )
        Reminder.objects.create(
            matter=matter, round=each.round, target=each.target, rung=each.rung, post=post, at=now()
        )
        if each.rung >= Rung.OVER:
            fact = MatterEscalated(str(matter.pk), each.target, int(each.rung), str(post.pk))
            emit(fact, path=matter.area_path)
    Matter.objects.filter(pk=matter.pk).update(remind_at=again or now() + NEVER)
    acted_on(matter.target, path=matter.area_path, rungs=len(fresh))
    return len(fresh)


@action(LOOK_LATER, describe=_("Look at a matter again when it is time"), quiet=True)
def look_later(*, id: UUID) -> None:
    """Note when the next rung can be reached. Nobody is told anything."""
    matter = queries.matter(id)
    _fresh, again = standing(matter)
    Matter.objects.filter(pk=matter.pk).update(remind_at=again or now() + NEVER)
