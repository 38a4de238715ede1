"""What waits, what is stuck, and who could listen."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.timezone import now

from zhitong.kernel.bus.emit import LISTENERS
from zhitong.kernel.bus.models import Delivery
from zhitong.kernel.bus.relay import UNKNOWN
from zhitong.kernel.scope import current

PAGE = 25


@dataclass(frozen=True, slots=True)
class State:
    """The outbox in four numbers: deliveries waiting, the age of the oldest, dead, set aside."""

    waiting: int
    oldest_seconds: float
    dead: int
    aside: int


def state() -> State:
    """How the outbox stands. Three queries on partial indexes."""
    waiting = Delivery.objects.filter(done_at=None, dead_at=None)
    oldest = waiting.filter(next_try_at__lte=now()).order_by("event_id").first()
    age = (now() - oldest.event.at).total_seconds() if oldest else 0.0
    return State(
        waiting=waiting.count(),
        oldest_seconds=age,
        dead=Delivery.objects.filter(done_at=None, dead_at__isnull=False).count(),
        aside=waiting.filter(last_error=UNKNOWN).count(),
    )


def listeners() -> list[str]:
    """The keys of all listeners that this code has."""
    return sorted({key for keys in LISTENERS.values() for key in keys})


def stuck() -> QuerySet[Delivery]:
    """Dead letters and what was set aside, within the acting scope's reach, oldest first.

    Facts that belong to no area are shown to everybody who may watch at all.
    """
    within = Q(event__path="")
    for root in current().reach.subtrees:
        within |= Q(event__path__startswith=root)
    halted = Q(dead_at__isnull=False) | Q(last_error=UNKNOWN)
    rows = Delivery.objects.filter(within, halted, done_at=None)
    return rows.select_related("event").order_by("pk")


def stuck_page(after: int) -> list[Delivery]:
    """One page of ``stuck``, behind the row with this key, and one row more if there is more."""
    return list(stuck().filter(pk__gt=after)[: PAGE + 1])
