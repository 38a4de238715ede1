"""Removing what is over, a batch at a time, and counting it without touching anything."""

import logging

from django.db import transaction

from zhitong.kernel.clock import now
from zhitong.kernel.databases.reach import beyond_reach
from zhitong.kernel.retention import emptying
from zhitong.kernel.retention.registry import RETENTION, SWEEP, Rule

log = logging.getLogger(__name__)
BATCH = 500


def overdue() -> dict[str, int]:
    """How many rows of each model are over now, whichever timer removes them. Changes nothing."""
    at = now()
    with beyond_reach():
        return {rule.model: rule.expired(at).count() for rule in RETENTION.values() if rule.expired}


def sweep() -> dict[str, int]:
    """Remove what is over and has no timer of its own. Returns how many rows of each model went.

    Only rows of machinery, which are no part of anybody's record, so nobody acts and nothing is
    audited. Each batch is a transaction of its own: a sweep that is cut short goes on next time.
    """
    gone = {rule.model: remove(rule) for rule in RETENTION.values() if rule.timer == SWEEP}
    if any(gone.values()):
        log.info("retention removed %s", {model: rows for model, rows in gone.items() if rows})
    return gone


def remove(rule: Rule) -> int:
    """Remove the rows of one rule that are over, with all that hangs on them."""
    if rule.expired is None:
        raise ValueError(f"{rule.model} is swept but does not say what is over")
    removed = 0
    with beyond_reach():
        over = rule.expired(now()).order_by("pk")
        while keys := list(over.values_list("pk", flat=True)[:BATCH]):
            with transaction.atomic():
                emptying.end(rule.model, keys)
            removed += len(keys)
    return removed
