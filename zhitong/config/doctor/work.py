"""Work in progress: the outbox, the timers, the audit log."""

import time
from collections.abc import Iterator
from datetime import timedelta

from django.utils.timezone import now

from zhitong.config.doctor.findings import Finding, bad, look, ok
from zhitong.kernel.audit.models import AuditCheckpoint, AuditEntry
from zhitong.kernel.worker.models import TimerLease
from zhitong.kernel.worker.queries import state

OLD = 60.0  # seconds that a fact may wait
SIGNED_WITHIN = 15 * 60.0  # seconds
LATE = timedelta(minutes=5)


def findings() -> Iterator[Finding]:
    """Everything that workers do."""
    yield from _outbox()
    yield _timers()
    yield _audit()


def _outbox() -> Iterator[Finding]:
    found = state()
    says = f"{found.waiting} waiting, the oldest for {found.oldest_seconds:.0f} s"
    if found.oldest_seconds > OLD:
        yield bad("queue", says, "is a worker running? start 'zhitong serve' or 'zhitong work'")
    else:
        yield ok("queue", says)
    says = f"{found.dead} dead, {found.aside} set aside"
    if found.dead or found.aside:
        yield look("dead letters", says, "open the page /outbox and decide")
    else:
        yield ok("dead letters", says)


def _timers() -> Finding:
    failing = TimerLease.objects.filter(failures__gt=0).values_list("name", "last_error")
    if failing:
        says = "; ".join(f"{name}: {error}" for name, error in failing)
        return bad("timers", says, "read the log of the worker")
    late = TimerLease.objects.filter(next_at__lt=now() - LATE).values_list("name", flat=True)
    if late:
        return look("timers", f"late: {', '.join(late)}", "is a worker running?")
    return ok("timers", f"{TimerLease.objects.count()} known, none late")


def _audit() -> Finding:
    waiting = AuditEntry.objects.filter(seq=None).count()
    newest = AuditCheckpoint.objects.order_by("-size").first()
    if newest is None:
        says = f"no signed head yet, {waiting} entries waiting"
        return look("audit log", says, "is a worker running?") if waiting else ok("audit log", says)
    age = time.time() - newest.at_us / 1e6
    says = f"{newest.size} entries signed {age:.0f} s ago, {waiting} waiting"
    if waiting and age > SIGNED_WITHIN:
        return bad("audit log", says, "is a worker running? start 'zhitong serve'")
    return ok("audit log", says)
