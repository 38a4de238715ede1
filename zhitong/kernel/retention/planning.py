"""What would go, without touching it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min

from zhitong.kernel.databases.reach import beyond_reach
from zhitong.kernel.retention.registry import RETENTION, Kind, every_row


@dataclass(frozen=True, slots=True)
class Line:
    """How many rows of one model there are, how many are over, the oldest of these, and why.

    ``emptied`` says that they are not removed but emptied, with all that hangs on them.
    """

    model: str
    kind: Kind
    rows: int
    over: int
    oldest: datetime | None
    lasts: str
    then: str
    timer: str
    emptied: bool


def plan(at: datetime, *, counted: bool = True) -> list[Line]:
    """Every model that has an end, as things stand at an instant.

    Not ``counted``: without the number of all rows, which takes long where there are many.
    """
    with beyond_reach():
        return list(_lines(at, counted=counted))


def _lines(at: datetime, *, counted: bool) -> Iterator[Line]:
    for rule in RETENTION.values():
        if rule.expired is None:
            continue
        over = rule.expired(at)
        oldest = over.aggregate(oldest=Min(rule.since))["oldest"] if rule.since else None
        yield Line(
            model=rule.model,
            kind=rule.kind,
            rows=every_row(rule.model).count() if counted else 0,
            over=over.count(),
            oldest=oldest,
            lasts=rule.lasts,
            then=rule.then,
            timer=rule.timer,
            emptied=rule.leaves is not None,
        )
