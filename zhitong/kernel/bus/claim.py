"""Taking deliveries from the outbox: in turn, in order, and each by one worker only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.timezone import now

from zhitong.kernel.bus.backoff import MAX_ATTEMPTS
from zhitong.kernel.bus.models import Delivery

LEASE = timedelta(seconds=10)
PARKED = timedelta(seconds=30)
BATCH = 8
WINDOW = 100
WORKER_DIED = "the worker died while hearing this"


@dataclass(frozen=True, slots=True)
class Claim:
    """Deliveries of one listener that this worker may hear until the lease ends."""

    lease: UUID
    rows: list[Delivery]
    until: datetime


def owed(at: datetime) -> QuerySet[Delivery]:
    """What is due at this time and not leased to anybody, in turn of the listeners."""
    due = Delivery.objects.filter(done_at=None, dead_at=None, next_try_at__lte=at)
    return due.order_by("listener", "next_try_at", "event_id")


def claim(after: str) -> Claim | None:
    """Lease the next deliveries of the first listener behind ``after`` that has any, or None.

    Listeners take turns, so a flood for one, or one that always fails, starves nobody.
    """
    at = now()
    for listener in _turn(at, after):
        window = _window(at, listener)
        free = [key for key, held in window if not held]
        if not free:
            _park([key for key, _ in window], at)
        for start in range(0, len(free), BATCH):
            if taken := _lease(free[start : start + BATCH]):
                return taken
    return None


def _turn(at: datetime, after: str) -> Iterator[str]:
    """Listeners that something is owed to, beginning behind the one that was served last."""
    for start, rows in ((after, owed(at)), ("", owed(at).filter(listener__lte=after))):
        listeners, key = rows.values_list("listener", flat=True), start
        while key := listeners.filter(listener__gt=key).first() or "":
            yield key


def ahead_of_it() -> QuerySet[Delivery]:
    """Earlier deliveries in the same line that are not done: for a subquery."""
    return Delivery.objects.filter(
        listener=OuterRef("listener"),
        aggregate=OuterRef("aggregate"),
        done_at=None,
        event_id__lt=OuterRef("event_id"),
    )


def _window(at: datetime, listener: str) -> list[tuple[int, bool]]:
    rows = owed(at).filter(listener=listener).annotate(held=Exists(ahead_of_it()))
    return list(rows.values_list("pk", "held")[:WINDOW])


def _park(keys: Sequence[int], at: datetime) -> None:
    """Move rows that wait for an earlier one out of sight; being done wakes the next in line.

    When the earlier one is done in the very moment of parking, the row sleeps for PARKED.
    """
    with transaction.atomic():
        held = _locked(keys, at).annotate(held=Exists(ahead_of_it())).filter(held=True)
        Delivery.objects.filter(pk__in=[row.pk for row in held]).update(next_try_at=at + PARKED)


def _lease(keys: Sequence[int]) -> Claim | None:
    """Compare and swap: of these rows take those that are still due and that nobody locks."""
    token, at = uuid4(), now()
    until = at + LEASE
    with transaction.atomic():
        taken = list(_locked(keys, at).select_related("event"))
        left_behind = [row for row in taken if row.lease is not None]
        if left_behind:
            taken = _one_left_behind(left_behind[0], at)
        mine = Delivery.objects.filter(pk__in=[row.pk for row in taken])
        mine.update(lease=token, next_try_at=until)
    return Claim(token, taken, until) if taken else None


def _locked(keys: Sequence[int], at: datetime) -> QuerySet[Delivery]:
    """Rows that are still due, locked on PostgreSQL; on SQLite the transaction is the lock."""
    rows = owed(at).filter(pk__in=keys)
    return rows.select_for_update(skip_locked=True, of=("self",))


def _one_left_behind(row: Delivery, at: datetime) -> list[Delivery]:
    """A row whose worker died counts as tried and is tried alone: it may be what kills."""
    row.attempts += 1
    mine = Delivery.objects.filter(pk=row.pk)
    mine.update(attempts=F("attempts") + 1, last_error=WORKER_DIED)
    if row.attempts >= MAX_ATTEMPTS:
        mine.update(dead_at=at, lease=None)
        return []
    return [row]
