"""Measuring time against a limit: one debt, reckoned stretch by stretch."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from zhitong.loop.domain.debts import Debt, Stretch
from zhitong.loop.domain.policy import Limit, Target

ZERO = timedelta()
MOMENT = timedelta(microseconds=1)


class Calendar(Protocol):
    """Working time, as the county keeps it."""

    def add_working(self, start: datetime, duration: timedelta) -> datetime:
        """The instant after so much working time."""

    def working_between(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between."""


def passed(calendar: Calendar, limit: Limit, begins: datetime, ends: datetime) -> timedelta:
    """How much of the time between counts against this limit."""
    return calendar.working_between(begins, ends) if limit.working else ends - begins


def runs_out(calendar: Calendar, limit: Limit, begins: datetime, left: timedelta) -> datetime:
    """When so much time will have counted."""
    return calendar.add_working(begins, left) if limit.working else begins + left


@dataclass(slots=True)
class Running:
    """A debt while it is being reckoned; ``left`` is what remains of the limit."""

    target: Target
    round: int
    terms: str
    limit: Limit
    started_at: datetime
    left: timedelta
    met_at: datetime | None = None
    dropped_at: datetime | None = None
    breached_at: datetime | None = None
    stretches: list[Stretch] = field(default_factory=list)
    counted: tuple[timedelta, timedelta] | None = None
    """What was left of which limit when the limit was first swapped since time last counted: to
    and fro between terms brings back the very same clock."""

    @property
    def open(self) -> bool:
        """Whether it is still owed."""
        return self.met_at is None and self.dropped_at is None

    def count(self, calendar: Calendar, begins: datetime, ends: datetime) -> None:
        """Use up the limit over a stretch of time. What ends exactly when it is due is in time."""
        used = passed(calendar, self.limit, begins, ends)
        if used >= self.left and self.breached_at is None:
            due = runs_out(calendar, self.limit, begins, self.left)
            if ends > due:
                self.breached_at = due
        if used:
            self.left, self.counted = max(self.left - used, ZERO), None
        self._note(begins, ends, used, counted=True)

    def rest(self, begins: datetime, ends: datetime) -> None:
        """Let a stretch of time pass that does not count."""
        self._note(begins, ends, ZERO, counted=False)

    def swap(self, terms: str, limit: Limit) -> None:
        """Go on under another limit: the share that is used stays used."""
        self.counted = self.counted or (self.left, self.limit.amount)
        left, old, new = (each // MOMENT for each in (*self.counted, limit.amount))
        self.left = MOMENT * (left * new // old)
        self.terms, self.limit = terms, limit

    def settled(self, calendar: Calendar, reached: datetime) -> Debt:
        """The debt as it stands, counting on from ``reached`` if it is open."""
        since = self.met_at or self.dropped_at or reached
        due = self.breached_at or runs_out(calendar, self.limit, since, self.left)
        return Debt(
            self.target, self.round, self.terms, self.limit, self.started_at, self.left, due,
            self.met_at, self.dropped_at, self.breached_at, tuple(self.stretches),
        )  # fmt: skip

    def _note(self, begins: datetime, ends: datetime, used: timedelta, *, counted: bool) -> None:
        if ends == begins:
            return
        last = self.stretches[-1] if self.stretches else None
        if last and last.counted == counted and last.terms == self.terms and last.ends == begins:
            self.stretches[-1] = Stretch(last.begins, ends, counted, last.used + used, self.terms)
        else:
            self.stretches.append(Stretch(begins, ends, counted, used, self.terms))
