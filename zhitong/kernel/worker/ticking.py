"""Running what is due by the clock: each timer by one worker at a time."""

import logging
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db.models import F, Q, QuerySet
from django.utils.timezone import now

from zhitong.kernel.bus.faults import Attempt, describe
from zhitong.kernel.timers import TIMERS, Timer
from zhitong.kernel.worker import schedule
from zhitong.kernel.worker.models import TimerLease

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=60)


class Ticker:
    """One worker's part in running timers. ``renew`` may be called from another thread."""

    def __init__(self) -> None:
        self.running: tuple[str, UUID] | None = None

    def tick(self) -> int:
        """Run every timer that is due and that no other worker runs. Returns how many ran."""
        known = set(TimerLease.objects.values_list("name", flat=True))
        at = now()
        fresh = [TimerLease(name=name, due_at=at, next_at=at) for name in TIMERS.keys() - known]
        TimerLease.objects.bulk_create(fresh, ignore_conflicts=True)
        due = _free(now()).filter(name__in=TIMERS).order_by("next_at")
        return sum(self._take_and_run(row) for row in due)

    def renew(self) -> None:
        """Keep the lease of the timer that is running now."""
        if (running := self.running) is not None:
            name, lease = running
            mine = TimerLease.objects.filter(name=name, lease=lease)
            mine.update(leased_until=now() + LEASE)

    def _take_and_run(self, row: TimerLease) -> bool:
        at, lease = now(), uuid4()
        taken = _free(at).filter(name=row.name, next_at=row.next_at)
        if taken.update(lease=lease, leased_until=at + LEASE, started_at=at) != 1:
            return False
        self.running = (row.name, lease)
        try:
            _run(TIMERS[row.name], row, lease)
        finally:
            self.running = None
        return True


def _free(at: datetime) -> QuerySet[TimerLease]:
    free = Q(lease=None) | Q(leased_until__lt=at)
    return TimerLease.objects.filter(free, next_at__lte=at)


def _run(timer: Timer, row: TimerLease, lease: UUID) -> None:
    with Attempt() as attempt:
        timer.run()
    at, mine = now(), TimerLease.objects.filter(name=timer.name, lease=lease)
    if attempt.error is None:
        due = schedule.following(row.due_at, at, timer.seconds)
        mine.update(lease=None, due_at=due, next_at=due, done_at=at, failures=0, last_error="")
        return
    words = describe(attempt.error)
    log.error("timer %s failed: %s", timer.name, words)
    again = schedule.retry(row.due_at, at, timer.seconds, row.failures + 1)
    mine.update(lease=None, next_at=again, failures=F("failures") + 1, last_error=words)
