"""Laws of working time, hammered."""

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhitong.kernel.clock.domain import (
    OFFICE_DAY,
    BusinessCalendar,
    NoWorkingTime,
    Span,
    spans,
)
from zhitong.kernel.clock.tests.calendars import (
    BERLIN,
    CALENDARS,
    END,
    MINUTE,
    START,
    AllDays,
    Weekdays,
    calendars,
    durations,
    instants,
    works,
)

MANY = settings(max_examples=500)
ZERO = timedelta()


@given(calendars, instants)
@MANY
def test_an_instant_is_working_time_by_the_wall_clock(calendar, instant):
    assert calendar.is_working(instant) == works(calendar, instant)


@given(calendars, instants, st.integers(0, 600))
@settings(max_examples=300)
def test_working_time_is_what_a_minute_by_minute_count_says(calendar, instant, minutes):
    at = instant.replace(second=0)
    counted = sum(works(calendar, at + n * MINUTE) for n in range(minutes))
    assert calendar.working_between(at, at + minutes * MINUTE) == counted * MINUTE


@given(calendars, instants, durations)
@MANY
def test_adding_and_measuring_are_inverse(calendar, start, duration):
    end = calendar.add_working(start, duration)
    assert end >= start
    assert end.tzinfo is UTC
    assert calendar.working_between(start, end) == duration
    if duration:
        assert calendar.working_between(start, end - timedelta(seconds=1)) < duration
        assert calendar.is_working(end - timedelta(microseconds=1))


@given(calendars, instants, durations, durations)
@MANY
def test_adding_twice_is_adding_the_sum(calendar, start, one, other):
    step = calendar.add_working(calendar.add_working(start, one), other)
    assert step == calendar.add_working(start, one + other)


@given(calendars, instants, instants, durations, durations)
@MANY
def test_later_or_longer_never_ends_earlier(calendar, a, b, one, other):
    first, last = sorted((a, b))
    short, long = sorted((one, other))
    assert calendar.add_working(first, short) <= calendar.add_working(last, short)
    assert calendar.add_working(first, short) <= calendar.add_working(first, long)
    assert calendar.next_opening(first) <= calendar.next_opening(last)


@given(calendars, st.tuples(instants, instants, instants))
@MANY
def test_stretches_add_up(calendar, three):
    a, b, c = sorted(three)
    whole = calendar.working_between(a, c)
    assert whole == calendar.working_between(a, b) + calendar.working_between(b, c)
    assert ZERO <= whole <= c - a
    assert calendar.working_between(c, a) == -whole


@given(calendars, instants)
@MANY
def test_the_next_opening_is_the_first_working_instant(calendar, instant):
    opening = calendar.next_opening(instant)
    assert opening >= instant
    assert calendar.is_working(opening)
    assert calendar.working_between(instant, opening) == ZERO
    assert calendar.next_opening(opening) == opening


@given(calendars, instants, st.integers(0, 30))
@settings(max_examples=300)
def test_a_limit_in_working_days_is_the_close_of_the_last(calendar, start, days):
    close = calendar.end_of_workday(start, days)
    assert close >= start
    assert not calendar.is_working(close) or calendar.is_working(close - MINUTE)
    later = calendar.end_of_workday(start, days + 1)
    assert later > close if days else later >= close


@given(calendars, instants, durations)
@settings(max_examples=300)
def test_the_zone_of_the_question_does_not_matter(calendar, start, duration):
    elsewhere = start.astimezone(ZoneInfo("Pacific/Auckland"))
    assert calendar.add_working(elsewhere, duration) == calendar.add_working(start, duration)
    assert calendar.is_working(elsewhere) == calendar.is_working(start)


@pytest.mark.parametrize("name", sorted(CALENDARS))
def test_ten_thousand_drawn_cases(name):
    calendar, draw = CALENDARS[name], random.Random(name)
    span = int((END - START).total_seconds())
    for _ in range(10_000):
        start = START + timedelta(seconds=draw.randrange(span))
        one, other = (timedelta(seconds=draw.randrange(100_000)) for _ in range(2))
        middle = calendar.add_working(start, one)
        end = calendar.add_working(middle, other)
        assert end == calendar.add_working(start, one + other)
        assert calendar.working_between(start, end) == one + other
        assert calendar.next_opening(start) <= middle or not one
        assert calendar.is_working(start) == works(calendar, start)


def berlin(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN, fold=fold)


def test_the_hour_that_does_not_exist_is_not_worked():
    nights = CALENDARS["berlin nights"]
    start = berlin("2026-03-29T00:30")
    assert nights.working_between(start, berlin("2026-03-29T12:00")) == timedelta(hours=1.75)
    assert nights.add_working(start, timedelta(hours=1.75)) == berlin("2026-03-29T03:15")


def test_the_hour_that_comes_twice_is_worked_twice():
    nights = CALENDARS["berlin nights"]
    start = berlin("2026-10-25T00:30")
    assert nights.working_between(start, berlin("2026-10-25T12:00")) == timedelta(hours=3.75)
    assert nights.is_working(berlin("2026-10-25T02:30"))
    assert nights.is_working(berlin("2026-10-25T02:30", fold=1))


def test_a_span_within_the_repeated_hour_is_worked_in_both():
    calendar = BusinessCalendar(zone=BERLIN, days=AllDays(), week=(spans("02:15-02:45"),) * 7)
    stretches = calendar.intervals(date(2026, 10, 25))
    assert [at for stretch in stretches for at in stretch] == [
        berlin(f"2026-10-25T02:{minute}", fold).astimezone(UTC)
        for fold in (0, 1)
        for minute in (15, 45)
    ]
    assert calendar.intervals(date(2026, 3, 29)) == ()


def test_a_whole_day_off_the_clock_is_one_stretch():
    duty = CALENDARS["new york duty"]
    assert duty.add_working(datetime(2026, 1, 1, tzinfo=UTC), timedelta(days=200)) == datetime(
        2026, 7, 20, tzinfo=UTC
    )


def test_nothing_is_worked_in_an_empty_week():
    idle = BusinessCalendar(zone=BERLIN, days=Weekdays(), week=((),) * 7)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for ask in (
        lambda: idle.add_working(start, MINUTE),
        lambda: idle.next_opening(start),
        lambda: idle.end_of_workday(start, 1),
    ):
        with pytest.raises(NoWorkingTime):
            ask()
    assert idle.add_working(start, ZERO) == start


def test_what_makes_no_sense_is_refused():
    calendar = CALENDARS["berlin"]
    start = datetime(2026, 1, 1, tzinfo=UTC)
    naive = start.replace(tzinfo=None)
    for ask in (
        lambda: calendar.add_working(naive, MINUTE),
        lambda: calendar.is_working(naive),
        lambda: calendar.add_working(start, -MINUTE),
        lambda: calendar.end_of_workday(start, -1),
        lambda: BusinessCalendar(zone=BERLIN, days=AllDays(), week=()),
        lambda: spans("08:00-12:00", "11:00-13:00"),
        lambda: Span(0, 0),
        lambda: Span.read("08:00-25:00"),
        lambda: Span.read("morning"),
    ):
        with pytest.raises(ValueError):
            ask()


def test_office_hours():
    assert list(OFFICE_DAY) == [Span(510, 720), Span(840, 1050)]
