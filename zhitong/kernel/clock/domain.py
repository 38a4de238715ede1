"""Working time in plain Python: several spans a day, holidays, make-up workdays, any time zone.

An instant is working time when the wall clock of the zone shows a time within a span of a
working day. Where clocks are put back an hour counts twice, where they are put forward it does
not exist: durations are always the real time that passes. All instants are aware; results are
in UTC.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Protocol, Self
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
ZERO = timedelta()
HORIZON_DAYS = 3660
# No zone is further than 15 hours from UTC, so a local day lies within this of the UTC day.
FURTHEST = timedelta(hours=15)
Interval = tuple[datetime, datetime]


class NoWorkingTime(ValueError):
    """The calendar has no working time within ten years of where the search began."""


class Days(Protocol):
    """Which days are working days."""

    def is_workday(self, day: date) -> bool:
        """Whether people work on ``day``."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Part of a day on the wall clock, in minutes from midnight: closed below, open above."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= 1440:
            raise ValueError(f"not a span of a day: {self.opens}..{self.closes} minutes")

    @classmethod
    def read(cls, text: str) -> Self:
        """A span written as ``08:30-12:00``; ``24:00`` is the end of the day."""
        opens, _, closes = text.partition("-")
        return cls(_minutes(opens), _minutes(closes))


def _minutes(text: str) -> int:
    hours, _, minutes = text.strip().partition(":")
    return int(hours) * 60 + int(minutes)


def spans(*texts: str) -> tuple[Span, ...]:
    """Spans in order. Raises ValueError where two overlap."""
    found = tuple(sorted(Span.read(text) for text in texts))
    for before, after in pairwise(found):
        if after.opens < before.closes:
            raise ValueError(f"spans overlap: {before}, {after}")
    return found


OFFICE_DAY = spans("08:30-12:00", "14:00-17:30")
ROUND_THE_CLOCK = spans("00:00-24:00")


class BusinessCalendar:
    """When an office works, and arithmetic in that time.

    ``week`` has the spans of Monday to Sunday. A working day whose weekday has none, such as the
    Sunday made up for a holiday, is worked like ``make_up`` (default: like Monday).
    """

    def __init__(
        self,
        *,
        zone: ZoneInfo,
        days: Days,
        week: Sequence[tuple[Span, ...]] = (OFFICE_DAY,) * 5 + ((),) * 2,
        make_up: tuple[Span, ...] | None = None,
    ) -> None:
        if len(week) != 7:
            raise ValueError("a week has seven days")
        self.zone = zone
        self.days = days
        self.week = tuple(week)
        self.make_up = self.week[0] if make_up is None else make_up
        self._known: dict[date, tuple[Interval, ...]] = {}

    def intervals(self, day: date) -> tuple[Interval, ...]:
        """The working time of one local day, in UTC and in order."""
        found = self._known.get(day)
        if found is None:
            found = self._known[day] = tuple(_merged(sorted(self._worked(day))))
        return found

    def is_working(self, instant: datetime) -> bool:
        """Whether the office works at this instant."""
        at = _utc(instant)
        return any(opens <= at < closes for opens, closes in self.intervals(self._local(at)))

    def next_opening(self, instant: datetime) -> datetime:
        """This instant if it is working time, else the first one after it that is."""
        at = _utc(instant)
        for opens, closes in self._from(at):
            if closes > at:
                return max(opens, at)
        raise NoWorkingTime

    def add_working(self, start: datetime, duration: timedelta) -> datetime:
        """The earliest instant at which ``duration`` of working time has passed since start."""
        if duration < ZERO:
            raise ValueError("working time is added, not taken away")
        left, at = duration, _utc(start)
        if not left:
            return at
        for opens, closes in self._from(at):
            begins = max(opens, at)
            if closes - begins >= left:
                return begins + left
            left -= max(closes - begins, ZERO)
        raise NoWorkingTime

    def working_between(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between; negative when ``end`` comes first."""
        first, last, total = _utc(start), _utc(end), ZERO
        if last < first:
            return -self.working_between(last, first)
        day, final = self._local(first), self._local(last)
        while day <= final:
            for opens, closes in self.intervals(day):
                total += max(min(closes, last) - max(opens, first), ZERO)
            day += DAY
        return total

    def end_of_workday(self, start: datetime, days: int) -> datetime:
        """The close of the ``days``-th working day after the day of ``start``.

        So are time limits in working days counted: the day of the event does not count. With 0
        it is the next close from ``start`` on.
        """
        if days < 0:
            raise ValueError("working days are counted forward")
        at = _utc(start)
        day = self._local(at)
        worked = self.intervals(day)
        if days == 0 and worked and worked[-1][1] >= at:
            return worked[-1][1]
        left = max(days, 1)
        for _ in range(HORIZON_DAYS + 2 * days):
            day += DAY
            worked = self.intervals(day)
            left -= bool(worked)
            if not left:
                return worked[-1][1]
        raise NoWorkingTime

    def _local(self, instant: datetime) -> date:
        return instant.astimezone(self.zone).date()

    def _from(self, instant: datetime) -> Iterator[Interval]:
        day, idle = self._local(instant), 0
        while idle < HORIZON_DAYS:
            found = self.intervals(day)
            yield from found
            idle = 0 if found else idle + 1
            day += DAY

    def _worked(self, day: date) -> Iterator[Interval]:
        if not self.days.is_workday(day):
            return
        midnight = datetime.combine(day, time(), UTC)
        pieces = list(_offsets(self.zone, midnight - FURTHEST, midnight + DAY + FURTHEST))
        for span in self.week[day.weekday()] or self.make_up:
            for offset, since, until in pieces:
                opens = max(midnight + timedelta(minutes=span.opens) - offset, since)
                closes = min(midnight + timedelta(minutes=span.closes) - offset, until)
                if opens < closes:
                    yield opens, closes


def _utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("a time without a zone is no instant")
    return instant.astimezone(UTC)


def _merged(ordered: list[Interval]) -> Iterator[Interval]:
    held: Interval | None = None
    for opens, closes in ordered:
        if held and opens <= held[1]:
            held = held[0], max(closes, held[1])
            continue
        if held:
            yield held
        held = opens, closes
    if held:
        yield held


def _offsets(
    zone: ZoneInfo, since: datetime, until: datetime
) -> Iterator[tuple[timedelta, datetime, datetime]]:
    """The UTC offsets in force from ``since`` to ``until``, each with its own stretch of time.

    Between two instants with different offsets the change is found by halving to the second.
    """
    before, after = _offset(zone, since), _offset(zone, until)
    if before == after:
        yield before, since, until
        return
    low, high = since, until
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        low, high = (middle, high) if _offset(zone, middle) == before else (low, middle)
    yield before, since, high
    yield after, high, until


def _offset(zone: ZoneInfo, instant: datetime) -> timedelta:
    return instant.astimezone(zone).utcoffset() or ZERO
