"""Calendars, policies and sequences of events for the tests of the clock."""

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from zhitong.kernel.clock.domain import BusinessCalendar, spans
from zhitong.loop.domain.clock import Event, Kind
from zhitong.loop.domain.policy import Limit, Policy, Terms

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WORKING_DAY = 7 * HOUR
STEP = timedelta(minutes=15)
ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe")


class Days:
    """Monday to Friday, with one holiday and the Sunday that is worked for it."""

    def is_workday(self, day: date) -> bool:
        """Whether people work on ``day``."""
        if day in {date(2026, 10, 1), date(2026, 10, 2)}:
            return False
        return day == date(2026, 9, 27) or day.weekday() < 5


def calendar(zone: str = "Asia/Shanghai") -> BusinessCalendar:
    """Two spans a day, five days a week."""
    return BusinessCalendar(zone=ZoneInfo(zone), days=Days())


def night_shift(zone: str) -> BusinessCalendar:
    """Spans over the hours in which clocks are put forward and back."""
    week = (spans("00:00-04:00", "21:30-24:00"),) * 7
    return BusinessCalendar(zone=ZoneInfo(zone), days=Days(), week=week)


ORDINARY = Terms(
    dispatch=Limit(24 * HOUR, working=False),
    response=Limit(3 * WORKING_DAY, working=True),
    resolution=Limit(10 * WORKING_DAY, working=True),
    pause=Limit(5 * WORKING_DAY, working=True),
)
URGENT = Terms(
    dispatch=Limit(HOUR, working=False),
    response=Limit(2 * HOUR, working=False),
    resolution=Limit(24 * HOUR, working=False),
    pause=Limit(4 * HOUR, working=False),
    pauses=1,
)
SHORT = Terms(
    dispatch=Limit(HOUR, working=True),
    response=Limit(3 * HOUR, working=True),
    resolution=Limit(2 * WORKING_DAY, working=True),
    pause=Limit(WORKING_DAY, working=True),
)
POLICY = Policy("2026-1", {"ordinary": ORDINARY, "urgent": URGENT, "short": SHORT})
TERMS = ("ordinary", "urgent", "short")


def at(text: str) -> datetime:
    """A wall-clock time in the county, as an instant: ``09-28 09:00``."""
    local = datetime.fromisoformat(f"2026-{text}:00").replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    return local.astimezone(UTC)


def heard(*told: tuple[str, Kind] | tuple[str, Kind, str]) -> list[Event]:
    """Events told as (when, kind[, terms])."""
    return [Event(at(one[0]), one[1], *one[2:]) for one in told]


LATER = tuple(kind for kind in Kind if kind is not Kind.OPENED)


def sequence(chance: random.Random) -> list[Event]:
    """A matter's life at random: anything may follow anything, several things at one moment."""
    moment = datetime(2026, 9, 14, tzinfo=UTC) + chance.randrange(1500) * STEP
    events = [Event(moment, Kind.OPENED, chance.choice(TERMS))]
    for _event in range(chance.randrange(9)):
        moment += chance.choice((0, 1, 3, 9, 40, 130)) * STEP
        kind = chance.choice(LATER)
        terms = chance.choice(TERMS) if kind in {Kind.ROUTED, Kind.RETERMED} else ""
        events.append(Event(moment, kind, terms))
    return events
