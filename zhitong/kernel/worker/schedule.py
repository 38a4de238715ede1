"""When a timer is due next. Plain datetimes, no Django."""

from datetime import datetime, timedelta
from math import floor

RETRY_FIRST = 5.0  # seconds
RETRY_LONGEST = 900.0  # seconds


def following(due: datetime, at: datetime, seconds: float) -> datetime:
    """The first tick after ``at`` on the grid of ``due``: without drift, missed ticks dropped."""
    missed = max(0, floor((at - due).total_seconds() / seconds))
    return due + timedelta(seconds=(missed + 1) * seconds)


def retry(due: datetime, at: datetime, seconds: float, failures: int) -> datetime:
    """When to try again after a failure: soon, then less often, never later than the next tick."""
    pause = min(RETRY_LONGEST, RETRY_FIRST * 2.0 ** min(failures - 1, 16))
    return min(at + timedelta(seconds=pause), following(due, at, seconds))
