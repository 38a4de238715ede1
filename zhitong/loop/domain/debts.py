"""How a clock stands: what is owed, how much of the time for it is used, and when it runs out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from zhitong.loop.domain.policy import Limit, Target


class State(StrEnum):
    """How the clock stands."""

    RUNNING = "running"
    WAITING = "waiting"
    ENDED = "ended"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time on one debt: whether it counted, and how much of the limit it used."""

    begins: datetime
    ends: datetime
    counted: bool
    used: timedelta
    terms: str


@dataclass(frozen=True, slots=True)
class Debt:
    """One thing owed in one round, and what has become of it.

    ``left`` is what remains of ``limit`` (never below zero). ``due_at`` is when it runs out; while
    waiting, when it would if the resident never answered. ``met_at`` or ``dropped_at`` ends it.
    """

    target: Target
    round: int
    terms: str
    limit: Limit
    started_at: datetime
    left: timedelta
    due_at: datetime
    met_at: datetime | None = None
    dropped_at: datetime | None = None
    breached_at: datetime | None = None
    stretches: tuple[Stretch, ...] = ()

    @property
    def open(self) -> bool:
        """Whether it is still owed."""
        return self.met_at is None and self.dropped_at is None

    @property
    def share(self) -> float:
        """How much of the limit is used: 0 at the start, 1 when it has run out."""
        return 1 - self.left / self.limit.amount


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock at one instant: all debts in the order they arose, and the one due next."""

    at: datetime
    state: State
    debts: tuple[Debt, ...]
    waiting_until: datetime | None = None

    @property
    def next(self) -> Debt | None:
        """The open debt that is due first, or None when nothing is owed."""
        owed = [debt for debt in self.debts if debt.open]
        return min(owed, key=lambda debt: debt.due_at, default=None)

    @property
    def breaches(self) -> tuple[Debt, ...]:
        """The debts whose limit ran out, met late or still open."""
        return tuple(debt for debt in self.debts if debt.breached_at is not None)
