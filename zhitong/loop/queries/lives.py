"""A matter's life as its clock hears it, and the clock itself."""

from collections.abc import Iterable
from datetime import datetime

from zhitong.kernel.clock import now
from zhitong.kernel.clock.queries import business_calendar
from zhitong.loop.domain.clock import Event, clock
from zhitong.loop.domain.debts import Clock
from zhitong.loop.domain.lives import events_of
from zhitong.loop.models import Matter, Step
from zhitong.loop.queries.policies import policy_at


def life(matter: Matter) -> list[Event]:
    """What the clock has heard of a matter, from all its steps. One query."""
    steps = Step.objects.filter(matter=matter).order_by("at", "id")
    return events_of(steps.values_list("verb", "at", "data"))


def life_of(steps: Iterable[Step]) -> list[Event]:
    """The same from steps that were read already."""
    return events_of((step.verb, step.at, step.data) for step in steps)


def reckoned(opened_at: datetime, events: list[Event], *, at: datetime | None = None) -> Clock:
    """The clock of a matter, under the promises it was opened under."""
    return clock(events, business_calendar(), policy_at(opened_at), at=at or now())


def next_due(opened_at: datetime, events: list[Event], *, at: datetime) -> datetime | None:
    """When the next thing is due, None when nothing is owed."""
    owed = reckoned(opened_at, events, at=at).next
    return owed.due_at if owed else None
