"""Delivering facts: each once to each listener, in order, whatever dies in between.

A claim is short and leases a few rows. Each delivery is then one transaction that first marks
the row done, if the lease is still ours, and then hears the fact: both stay or neither does.
"""

import logging
import random
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.timezone import now
from django.utils.translation import gettext as _

from zhitong.kernel.bus import backoff
from zhitong.kernel.bus.claim import LEASE, Claim, claim
from zhitong.kernel.bus.emit import FACTS, LISTENERS, Listener
from zhitong.kernel.bus.faults import Attempt, describe
from zhitong.kernel.bus.hearing import Heard, hearing
from zhitong.kernel.bus.models import Delivery, Event
from zhitong.kernel.scope import Reach, Scope, acting

log = logging.getLogger(__name__)
UNKNOWN = "no code here knows this listener or fact"
UNKNOWN_WAIT = LEASE * 30
_rng = random.SystemRandom()


class LeaseLost(RuntimeError):
    """Another worker has taken the delivery; what was done here is rolled back."""


class Relay:
    """One worker's part in delivering. It remembers whose turn it was."""

    def __init__(self) -> None:
        self.after = ""

    def step(self) -> tuple[int, int]:
        """Claim and hear once. Returns (deliveries claimed, deliveries done)."""
        taken = claim(self.after)
        if taken is None:
            return 0, 0
        self.after = taken.rows[0].listener
        return len(taken.rows), sum(self._hear(taken, row) for row in taken.rows)

    def _hear(self, taken: Claim, row: Delivery) -> bool:
        if now() > taken.until - LEASE / 2:
            _give_back(row, taken.lease)
            return False
        listener = LISTENERS.get(row.event.name, {}).get(row.listener)
        if listener is None:
            _set_aside(row, taken.lease)
            return False
        with Attempt() as attempt:
            _deliver(row, taken.lease, listener)
        if attempt.error is None:
            return True
        if not isinstance(attempt.error, LeaseLost):
            _failed(row, taken.lease, attempt.error)
        return False


def relay(limit: int = 100) -> int:
    """Deliver what is due now, at most about ``limit``. Returns how many were delivered."""
    worker, delivered = Relay(), 0
    while delivered < limit:
        claimed, done = worker.step()
        if not claimed:
            break
        delivered += done
    return delivered


def _deliver(row: Delivery, lease: UUID, listener: Listener) -> None:
    with transaction.atomic():
        at = now()
        mine = Delivery.objects.filter(pk=row.pk, lease=lease, done_at=None)
        if mine.update(done_at=at, lease=None, attempts=F("attempts") + 1) != 1:
            raise LeaseLost(row)
        with acting(_scope(row.event, listener)), hearing(_told(row.event)):
            listener.hear(FACTS[row.event.name](**row.event.body))
        wake_line(row)


def _told(event: Event) -> Heard:
    return Heard(event.uid, event.name, event.path, event.at)


def _scope(event: Event, listener: Listener) -> Scope:
    """A listener reaches the area where the fact happened, or nothing; it holds what it named."""
    reach = Reach(subtrees=(event.path,)) if event.path else Reach()
    actor = f"system:{listener.key}"
    return Scope(actor, reach, listener.permits, event.name, label=_("The system itself"))


def wake_line(row: Delivery) -> None:
    """Make the next delivery in the line of this one due now."""
    line = Delivery.objects.filter(
        listener=row.listener, aggregate=row.aggregate, done_at=None, event_id__gt=row.event_id
    )
    following = line.order_by("event_id").first()
    if following is not None and following.lease is None and following.next_try_at > now():
        waiting = Delivery.objects.filter(pk=following.pk, lease=None, dead_at=None)
        waiting.update(next_try_at=now())


def _give_back(row: Delivery, lease: UUID) -> None:
    Delivery.objects.filter(pk=row.pk, lease=lease).update(lease=None, next_try_at=now())


def _set_aside(row: Delivery, lease: UUID) -> None:
    """Keep what this code does not know, in sight: after an upgrade another worker may."""
    mine = Delivery.objects.filter(pk=row.pk, lease=lease)
    mine.update(lease=None, next_try_at=now() + UNKNOWN_WAIT, last_error=UNKNOWN)
    log.warning("delivery set aside: nobody listens as %s to %s", row.listener, row.event.name)


def _failed(row: Delivery, lease: UUID, error: Exception) -> None:
    """Count the try; come back later, or leave it to a person after MAX_ATTEMPTS."""
    attempts, at, words = row.attempts + 1, now(), describe(error)
    dead_at = at if attempts >= backoff.MAX_ATTEMPTS else None
    Delivery.objects.filter(pk=row.pk, lease=lease, done_at=None).update(
        attempts=attempts,
        lease=None,
        next_try_at=at + backoff.wait(attempts, _rng),
        dead_at=dead_at,
        last_error=words,
    )
    state = "given up" if dead_at else "failed"
    log.warning("delivery %s: %s of event %s: %s", state, row.listener, row.event_id, words)
