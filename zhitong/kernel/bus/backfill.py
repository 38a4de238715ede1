"""Owing past facts to a listener that was added after they happened. Only on a person's word."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import now

from zhitong.kernel.bus.emit import LISTENERS
from zhitong.kernel.bus.models import Delivery, Event

CHUNK = 1000


def facts_of(listener: str) -> list[str]:
    """The names of the facts that a listener hears. Empty when the code knows no such listener."""
    return sorted(name for name, keys in LISTENERS.items() if listener in keys)


def missed(listener: str, since: datetime | None = None) -> QuerySet[Event]:
    """Facts of the listener's kinds that were never owed to it, oldest first."""
    owed = Delivery.objects.filter(event=OuterRef("pk"), listener=listener)
    events = Event.objects.filter(~Exists(owed), name__in=facts_of(listener))
    if since is not None:
        events = events.filter(at__gte=since)
    return events.order_by("pk")


def owe(listener: str, since: datetime | None = None) -> int:
    """Owe every missed fact to the listener. Returns how many; a second run owes none."""
    at, added, last = now(), 0, 0
    while True:
        page = missed(listener, since).filter(pk__gt=last)[:CHUNK]
        rows = [
            Delivery(event=event, listener=listener, aggregate=event.aggregate, next_try_at=at)
            for event in page
        ]
        if not rows:
            return added
        Delivery.objects.bulk_create(rows, ignore_conflicts=True)
        added += len(rows)
        last = rows[-1].event_id
