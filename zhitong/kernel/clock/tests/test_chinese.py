"""What the State Council decided for 2026 (国办发明电〔2025〕7号), and years nobody knows yet."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from zhitong.kernel.clock.chinese import ChineseDays, known_years
from zhitong.kernel.clock.domain import BusinessCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
MADE_UP = ("01-04", "02-14", "02-28", "05-09", "09-20", "10-10")
FREE = (
    ("01-01", 3), ("02-15", 9), ("04-04", 3), ("05-01", 5), ("06-19", 3), ("09-25", 3),
    ("10-01", 7),
)  # fmt: skip


def in_2026(month_day: str) -> date:
    return date.fromisoformat(f"2026-{month_day}")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize("day", MADE_UP)
def test_weekends_worked_for_a_holiday(day):
    assert in_2026(day).weekday() >= 5
    assert ChineseDays().is_workday(in_2026(day))


def test_every_other_day_of_2026():
    free = {in_2026(day) + timedelta(days=n) for day, length in FREE for n in range(length)}
    for number in range(365):
        day = date(2026, 1, 1) + timedelta(days=number)
        expected = day not in free and (day.weekday() < 5 or day in map(in_2026, MADE_UP))
        assert ChineseDays().is_workday(day) == expected, day


def test_beyond_the_known_years_the_weekday_decides():
    first, last = known_years()
    for year in (first - 1, last + 1, last + 40, 9998):
        days = [date(year, 10, 1) + timedelta(days=n) for n in range(7)]
        assert [ChineseDays().is_workday(day) for day in days] == [d.weekday() < 5 for d in days]


def test_what_was_decided_by_hand_comes_first():
    snow, made_up = date(2026, 11, 25), date(2050, 1, 1)
    days = ChineseDays({snow: False, made_up: True, date(2026, 10, 1): True})
    assert not days.is_workday(snow)
    assert made_up.weekday() == 5
    assert days.is_workday(made_up)
    assert days.is_workday(date(2026, 10, 1))
    assert not days.is_workday(date(2026, 10, 2))


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-11-23T09:00", 1, "2026-11-23T10:00"),
        ("2026-11-23T11:30", 1, "2026-11-23T14:30"),
        ("2026-11-23T12:30", 1, "2026-11-23T15:00"),
        ("2026-11-23T08:30", 7, "2026-11-23T17:30"),
        ("2026-11-23T23:00", 2, "2026-11-24T10:30"),
        ("2026-09-30T17:00", 1, "2026-10-08T09:00"),
        ("2026-10-09T17:00", 1, "2026-10-10T09:00"),
        ("2026-10-10T17:00", 1, "2026-10-12T09:00"),
        ("2026-02-13T17:30", 1, "2026-02-14T09:30"),
        ("2026-02-14T17:00", 1, "2026-02-24T09:00"),
        ("2026-12-31T17:00", 1, "2027-01-01T09:00"),
    ],
)
def test_due_times_around_breaks_and_holidays(start, hours, due):
    calendar = BusinessCalendar(zone=SHANGHAI, days=ChineseDays())
    ends = calendar.add_working(local(start), timedelta(hours=hours))
    assert ends == local(due)
    assert ends.tzinfo is UTC


@pytest.mark.parametrize(
    ("start", "days", "close"),
    [
        ("2026-11-23T09:00", 0, "2026-11-23"),
        ("2026-11-23T18:00", 0, "2026-11-24"),
        ("2026-11-23T09:00", 5, "2026-11-30"),
        ("2026-09-30T23:59", 1, "2026-10-08"),
        ("2026-09-18T09:00", 15, "2026-10-15"),
        ("2026-10-03T09:00", 1, "2026-10-08"),
    ],
)
def test_limits_in_working_days(start, days, close):
    calendar = BusinessCalendar(zone=SHANGHAI, days=ChineseDays())
    assert calendar.end_of_workday(local(start), days) == local(f"{close}T17:30")
