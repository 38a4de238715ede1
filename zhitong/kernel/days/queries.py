"""What a year's calendar looks like: what the notice says, and what was decided by hand."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from zhitong.kernel.clock.chinese import known_years, noticed
from zhitong.kernel.clock.models import DayException
from zhitong.kernel.days.words import OCCASIONS
from zhitong.kernel.errors import Sentence

AHEAD = 2
"""Years after the last known one that can be looked at and decided by hand."""


@dataclass(frozen=True, slots=True)
class Run:
    """Days in a row that the notice says the same of; ``until`` is the last of them."""

    since: date
    until: date
    working: bool
    occasion: str

    @property
    def single(self) -> bool:
        """Whether it is one day only."""
        return self.since == self.until

    @property
    def name(self) -> Sentence:
        """The occasion as people call it."""
        return OCCASIONS.get(self.occasion, self.occasion)

    def goes_on(self, day: date, working: bool, occasion: str) -> bool:
        """Whether the notice says of ``day`` the same as of the days before it."""
        same = (self.working, self.occasion) == (working, occasion)
        return same and day - self.until == timedelta(days=1)


def years() -> tuple[int, int]:
    """The first and the last year that can be looked at."""
    first, last = known_years()
    return first, last + AHEAD


def known(year: int) -> bool:
    """Whether the calendar package holds the notice for a year."""
    first, last = known_years()
    return first <= year <= last


def runs(year: int) -> list[Run]:
    """Holidays and make-up workdays of a year in order, those in a row together."""
    found: list[Run] = []
    for day, working, name in noticed(year):
        if found and found[-1].goes_on(day, working, name):
            found[-1] = replace(found[-1], until=day)
        else:
            found.append(Run(day, day, working, name))
    return found


def by_hand(year: int) -> list[DayException]:
    """The days of a year that were decided by hand, in order."""
    return list(DayException.objects.filter(day__range=(date(year, 1, 1), date(year, 12, 31))))


def decided(day: date) -> DayException | None:
    """What was decided by hand about a day, or None."""
    return DayException.objects.filter(day=day).first()
