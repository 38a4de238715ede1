"""Times as people in the county write them, in the reader's language.

Everything here takes aware datetimes and shows them in the current time zone.
"""

from datetime import date as calendar_day
from datetime import datetime, timedelta
from functools import lru_cache

from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SOON = timedelta(hours=4)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
KEPT = 2048  # phrases kept ready per kind


def is_chinese() -> bool:
    """Whether the reader reads Chinese."""
    return (get_language() or "").startswith("zh")


def day(moment: datetime, *, now: datetime | None = None) -> str:
    """The day alone: today, yesterday, tomorrow, or the date (with the year if another one)."""
    here = now or timezone.localtime()
    return day_of(timezone.localtime(moment).date(), timezone.localtime(here).date())


def day_of(on: calendar_day, here: calendar_day) -> str:
    """A day, read on the day ``here``: today, tomorrow or its date."""
    return _day(on, here, get_language())


@lru_cache(KEPT)
def _day(on: calendar_day, here: calendar_day, language: str | None) -> str:
    """A board asks for the same few days in the same two languages again and again."""
    match (on - here).days:
        case 0:
            return gettext("today")
        case 1:
            return gettext("tomorrow")
        case -1:
            return gettext("yesterday")
        case _:
            return _date(on, year=on.year != here.year)


def date(moment: datetime, *, year: bool = True) -> str:
    """The calendar date: 2026年11月23日 or 23 Nov 2026."""
    return _date(timezone.localtime(moment).date(), year=year)


def _date(on: calendar_day, *, year: bool) -> str:
    if is_chinese():
        return f"{f'{on.year}年' if year else ''}{on.month}月{on.day}日"
    return f"{on.day} {MONTHS[on.month - 1]}{f' {on.year}' if year else ''}"


def clock(moment: datetime) -> str:
    """The time of day, 24 hours: 17:20."""
    return timezone.localtime(moment).strftime("%H:%M")


def when(moment: datetime, *, now: datetime | None = None) -> str:
    """Day and time: 今天 17:20, 11月23日 17:20; today 17:20, 23 Nov 17:20."""
    return f"{day(moment, now=now)} {clock(moment)}"


def exactly(moment: datetime) -> str:
    """Full date and time, for titles and for paper: 2026年11月23日 17:20, 23 Nov 2026, 17:20."""
    return f"{date(moment)}{' ' if is_chinese() else ', '}{clock(moment)}"


def span(length: timedelta) -> str:
    """A length of time in its largest sensible unit: minutes, hours up to two days, then days."""
    minutes = max(1, int(length.total_seconds() // 60))
    if minutes < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = minutes // 60
    if hours < 48:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    days = hours // 24
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


def due(moment: datetime, *, now: datetime | None = None) -> str:
    """What the clock says: 还剩 3 小时, 已超时 2 天; 3 hours left, late by 2 days."""
    left = moment - (now or timezone.now())
    length = abs(left)
    shown = length - length % (MINUTE if length < HOUR else HOUR)
    return _due(shown, get_language(), late=left < timedelta(0))


@lru_cache(KEPT)
def _due(shown: timedelta, language: str | None, *, late: bool) -> str:
    """As for _day: many matters are due in the same number of hours."""
    if late:
        return gettext("late by %(span)s") % {"span": span(shown)}
    return gettext("%(span)s left") % {"span": span(shown)}


def due_state(moment: datetime, *, now: datetime | None = None) -> str:
    """``late``, ``soon`` (within four hours) or ``calm``."""
    left = moment - (now or timezone.now())
    if left < timedelta(0):
        return "late"
    return "soon" if left <= SOON else "calm"
