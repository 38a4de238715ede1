"""Reminding before it is late, telling somebody higher up when it is: each rung once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from zhitong.loop.domain.debts import Clock, Debt
from zhitong.loop.domain.policy import Target
from zhitong.loop.domain.reckoning import Calendar, runs_out


class Rung(IntEnum):
    """How far the time of one debt has gone."""

    HALF = 1  # half of it is used: the owner is reminded
    MOST = 2  # four fifths are used: the owner is reminded again
    OVER = 3  # it is late: the post above the owner's is told
    FAR = 4  # late by half of the limit again: the bureau is told


LEFT = {Rung.HALF: (1, 2), Rung.MOST: (1, 5)}
"""What is left of the limit where a rung begins, as a fraction."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A rung that a debt stands on."""

    target: Target
    round: int
    rung: Rung


def reached(clock: Clock, calendar: Calendar) -> list[Reached]:
    """The highest rung of every open debt that has reached one. Nothing for a merged matter."""
    found = ((debt, _rung(debt, clock.at, calendar)) for debt in clock.debts if debt.open)
    return [Reached(debt.target, debt.round, rung) for debt, rung in found if rung]


def next_look(clock: Clock, calendar: Calendar) -> datetime | None:
    """When an open debt reaches its next rung if nothing happens; None when none will."""
    marks = [mark for debt in clock.debts if debt.open for mark in _marks(debt, clock, calendar)]
    return min((mark for mark in marks if mark > clock.at), default=None)


def _rung(debt: Debt, at: datetime, calendar: Calendar) -> Rung | None:
    if debt.breached_at is not None:
        return Rung.FAR if at >= _far(debt, debt.breached_at, calendar) else Rung.OVER
    if debt.left <= _left(debt, Rung.MOST):
        return Rung.MOST
    return Rung.HALF if debt.left <= _left(debt, Rung.HALF) else None


def _marks(debt: Debt, clock: Clock, calendar: Calendar) -> list[datetime]:
    if debt.breached_at is not None:
        return [_far(debt, debt.breached_at, calendar)]
    waits = debt.target is Target.RESOLUTION and clock.waiting_until is not None
    counts_from = max(clock.waiting_until, clock.at) if waits and clock.waiting_until else clock.at
    ahead = [debt.left - _left(debt, rung) for rung in LEFT]
    marks = [
        runs_out(calendar, debt.limit, counts_from, time) for time in ahead if time > timedelta()
    ]
    return [*marks, debt.due_at + timedelta(microseconds=1)]


def _left(debt: Debt, rung: Rung) -> timedelta:
    share, of = LEFT[rung]
    return debt.limit.amount * share / of


def _far(debt: Debt, due: datetime, calendar: Calendar) -> datetime:
    return runs_out(calendar, debt.limit, due, debt.limit.amount / 2)
