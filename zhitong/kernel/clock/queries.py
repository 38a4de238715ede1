"""The county's working hours as they are set now."""

import time
from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings

from zhitong.kernel.clock.chinese import ChineseDays
from zhitong.kernel.clock.domain import BusinessCalendar
from zhitong.kernel.clock.models import DayException

KEPT_SECONDS = 30.0
_kept: dict[str, tuple[float, BusinessCalendar]] = {}


def business_calendar() -> BusinessCalendar:
    """Office hours in the county's zone. A changed day is known everywhere within 30 seconds."""
    zone = settings.TIME_ZONE
    until, calendar = _kept.get(zone, (0.0, None))
    if calendar is None or time.monotonic() >= until:
        calendar = BusinessCalendar(zone=ZoneInfo(zone), days=ChineseDays(day_exceptions()))
        _kept[zone] = (time.monotonic() + KEPT_SECONDS, calendar)
    return calendar


def day_exceptions() -> Mapping[date, bool]:
    """Every day that is decided by hand, and whether it is worked."""
    return dict(DayException.objects.values_list("day", "working"))


def forget_calendar() -> None:
    """Read the days again at the next question, because one was changed."""
    _kept.clear()
