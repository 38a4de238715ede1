"""Calendars to reckon with, and a slow second opinion on each."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from zhitong.kernel.clock.chinese import ChineseDays
from zhitong.kernel.clock.domain import OFFICE_DAY, ROUND_THE_CLOCK, BusinessCalendar, spans

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Weekdays:
    """Monday to Friday, but for a few days."""

    turned: frozenset[date] = frozenset()

    def is_workday(self, day: date) -> bool:
        return (day.weekday() < 5) != (day in self.turned)


EVERY_DAY = (ROUND_THE_CLOCK,) * 7
NIGHT = (spans("00:30-03:15", "22:00-24:00"),) * 7


class AllDays:
    """No holidays."""

    def is_workday(self, day: date) -> bool:
        return True


BERLIN, NEW_YORK, SHANGHAI, LORD_HOWE, HAVANA = (
    ZoneInfo(name)
    for name in (
        "Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe",
        "America/Havana",
    )
)  # fmt: skip
CALENDARS = {
    "lingcheng": BusinessCalendar(zone=SHANGHAI, days=ChineseDays()),
    "berlin": BusinessCalendar(zone=BERLIN, days=Weekdays()),
    "berlin nights": BusinessCalendar(zone=BERLIN, days=AllDays(), week=NIGHT),
    "new york nights": BusinessCalendar(zone=NEW_YORK, days=AllDays(), week=NIGHT),
    "lord howe nights": BusinessCalendar(zone=LORD_HOWE, days=AllDays(), week=NIGHT),
    "havana nights": BusinessCalendar(zone=HAVANA, days=AllDays(), week=NIGHT),
    "new york duty": BusinessCalendar(zone=NEW_YORK, days=AllDays(), week=EVERY_DAY),
    "odd": BusinessCalendar(
        zone=BERLIN,
        days=Weekdays(frozenset({date(2026, 3, 27), date(2026, 3, 28), date(2026, 10, 25)})),
        week=(OFFICE_DAY, (), OFFICE_DAY, (), OFFICE_DAY, (), ()),
        make_up=spans("09:00-10:00"),
    ),
}
START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 12, 28, tzinfo=UTC)
calendars = st.sampled_from(sorted(CALENDARS)).map(CALENDARS.__getitem__)
durations = st.integers(0, 60 * 60 * 200).map(lambda seconds: timedelta(seconds=seconds))
# Where clocks change, everything that goes wrong goes wrong.
CHANGES = tuple(
    datetime.fromisoformat(f"2026-{day}T00:00:00+00:00")
    for day in ("03-08", "03-29", "04-04", "10-03", "10-25", "11-01", "02-14", "10-01")
)
instants = st.one_of(
    st.integers(0, int((END - START).total_seconds())).map(lambda s: START + timedelta(seconds=s)),
    st.tuples(st.sampled_from(CHANGES), st.integers(-(60 * 36), 60 * 36)).map(
        lambda drawn: drawn[0] + drawn[1] * MINUTE
    ),
)


def works(calendar: BusinessCalendar, instant: datetime) -> bool:
    """The definition itself: what the wall clock shows."""
    wall = instant.astimezone(calendar.zone)
    if not calendar.days.is_workday(wall.date()):
        return False
    minute = wall.hour * 60 + wall.minute
    day = calendar.week[wall.weekday()] or calendar.make_up
    return any(span.opens <= minute < span.closes for span in day)
