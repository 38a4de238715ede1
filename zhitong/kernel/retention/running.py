"""A night's work: end what is over, a little at a time, then make the database give up the bytes.

It may be cut short at any point: each record is a transaction of its own, and the next turn goes
on where this one stopped.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from zhitong.kernel.areas.codes import path_of
from zhitong.kernel.audit.erasure import NotYetPlaced
from zhitong.kernel.clock import now
from zhitong.kernel.databases.reach import beyond_reach
from zhitong.kernel.retention.actions import END, end
from zhitong.kernel.retention.clearing import clear
from zhitong.kernel.retention.models import RetentionRun
from zhitong.kernel.retention.registry import RETENTION, Rule
from zhitong.kernel.retention.sweeping import remove
from zhitong.kernel.scope import Reach, Scope, acting

log = logging.getLogger(__name__)
SMALL = 100
MOST_SECONDS = 240.0
AT_ONCE = timedelta(0)
Say = Callable[[str], None]


def ending_scope(purpose: str = "retention") -> Scope:
    """Who ends records: reaches the county, may do this and nothing else."""
    reach = Reach((path_of(settings.COUNTY),))
    return Scope("system:retention", reach, frozenset({END}), purpose)


def run(
    *, seconds: float = MOST_SECONDS, clear_after: timedelta = AT_ONCE, say: Say = log.info
) -> RetentionRun:
    """Do tonight's work, or go on with it, for about so many seconds.

    The returned run has ``ended_at`` when everything that was over is gone, and ``cleared_at``
    when no byte of it is left in the database, which is written anew at most every ``clear_after``.
    """
    until = time.monotonic() + seconds
    row = _tonight()
    gone: Counter[str] = Counter(row.gone)
    row.held = 0
    for rule in RETENTION.values():
        if rule.expired is None or time.monotonic() > until:
            continue
        if rule.empties:
            row.held += _end(rule, until, gone)
        elif removed := remove(rule):
            gone[rule.model] += removed
    row.gone = dict(gone)
    over = time.monotonic() <= until
    row.ended_at = now() if over else None
    row.save(update_fields=["gone", "held", "ended_at"])
    if over and _to_be_cleared(row, clear_after):
        say("writing the database anew, so that no byte stays")
        clear()
        row.cleared_at = now()
        row.save(update_fields=["cleared_at"])
    return row


def _to_be_cleared(row: RetentionRun, clear_after: timedelta) -> bool:
    """Whether something went since the database was written anew, and that is long enough ago."""
    cleared = RetentionRun.objects.filter(cleared_at__isnull=False).order_by("-night").first()
    if cleared is None:
        return RetentionRun.objects.exclude(gone={}).exists()
    if cleared.pk == row.pk or row.started_at - cleared.started_at < clear_after:
        return False
    return RetentionRun.objects.filter(night__gt=cleared.night).exclude(gone={}).exists()


def _tonight() -> RetentionRun:
    today: date = timezone.localdate(now())
    row, _new = RetentionRun.objects.get_or_create(night=today, defaults={"started_at": now()})
    return row


def _end(rule: Rule, until: float, gone: Counter[str]) -> int:
    """End the records of a rule until the time is over; returns how many had to wait."""
    held: set[UUID] = set()
    while time.monotonic() < until:
        keys = [key for key in _over(rule, len(held)) if key not in held]
        if not keys:
            break
        for key in keys:
            if time.monotonic() > until:
                break
            if _ended(rule, key):
                gone[rule.model] += 1
            else:
                held.add(key)
    return len(held)


def _over(rule: Rule, skipped: int) -> list[UUID]:
    if rule.expired is None:
        return []
    with beyond_reach():
        rows = rule.expired(now()).order_by("pk")
        return list(rows.values_list("pk", flat=True)[: SMALL + skipped])


def _ended(rule: Rule, key: UUID) -> bool:
    try:
        with acting(ending_scope()):
            end(record=rule.model, key=str(key))
    except NotYetPlaced:
        return False
    return True
