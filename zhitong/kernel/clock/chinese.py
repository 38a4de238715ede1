"""Working days in China: the State Council's yearly notice, and corrections made by hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import chinese_calendar
from chinese_calendar.constants import holidays, workdays

SATURDAY = 5


def known_years() -> tuple[int, int]:
    """The first and last year whose holidays and make-up workdays the calendar package knows."""
    return min(holidays).year, max(holidays).year


def noticed(year: int) -> list[tuple[date, bool, str]]:
    """What the notice for a year says, in order: the day, whether it is worked, the occasion.

    Weekends within a holiday are named too. Nothing for a year that the package does not know.
    """
    free = [(day, False, name) for day, name in holidays.items() if day.year == year]
    worked = [(day, True, name) for day, name in workdays.items() if day.year == year]
    return sorted(free + worked)


@dataclass(frozen=True, slots=True)
class ChineseDays:
    """Monday to Friday, but for public holidays and the weekends worked in their stead (调休).

    ``exceptions`` says True (worked) or False (free) for single days and comes first. In years
    the package does not know - the notice for a year comes in the autumn before - weekday and
    exceptions decide alone.
    """

    exceptions: Mapping[date, bool] = field(default_factory=dict)

    def is_workday(self, day: date) -> bool:
        """Whether people work on ``day``."""
        decided = self.exceptions.get(day)
        if decided is not None:
            return decided
        first, last = _KNOWN
        if first <= day.year <= last:
            return bool(chinese_calendar.is_workday(day))
        return day.weekday() < SATURDAY


_KNOWN = known_years()
