"""When people speak up and when the service works: instants in the county's own zone."""

from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
DUTY = (time(8, 0), time(20, 30))
WAKING = time(6, 10)
OFFICE = (time(8, 30), time(17, 30))
WEEKDAYS = "一二三四五六日"
_PATTERNS: dict[str, tuple[int, ...]] = {
    "morning": (6, 7, 7, 8, 8, 9),
    "day": (8, 9, 9, 10, 10, 11, 13, 14, 15, 15, 16, 17, 18),
    "office": (8, 9, 9, 10, 10, 11, 14, 15, 16),
    "evening": (17, 18, 19, 19, 20, 20, 20, 21, 21, 22),
    "night": (20, 21, 22, 22, 23, 23, 0, 1),
    "any": (8, 10, 12, 15, 19, 21),
}


def spoken_at(day: date, pattern: str, rng: Random) -> datetime:
    """An instant on ``day`` at which somebody would say this."""
    hour = rng.choice(_PATTERNS[pattern])
    clock = time(hour, rng.randrange(60), rng.randrange(60))
    return datetime.combine(day, clock, ZONE)


def later(at: datetime, minutes: float, *, office: bool = False) -> datetime:
    """``at`` plus some minutes, put off to when somebody is on duty (or the office is open)."""
    then = at.astimezone(ZONE) + timedelta(minutes=minutes)
    opens, closes = OFFICE if office else DUTY
    if then.time() >= closes:
        then = _at(then.date() + timedelta(days=1), opens, then)
    elif then.time() < opens:
        then = _at(then.date(), opens, then)
    while office and then.weekday() > 4:
        then = _at(then.date() + timedelta(days=1), opens, then)
    return then


def awake(at: datetime, minutes: float) -> datetime:
    """``at`` plus some minutes, by a resident: the small hours are slept through."""
    then = at.astimezone(ZONE) + timedelta(minutes=minutes)
    return _at(then.date(), WAKING, then) if then.time() < WAKING else then


def _at(day: date, opens: time, then: datetime) -> datetime:
    """Shortly after opening; the old minutes keep several of them apart."""
    shift = timedelta(minutes=5 + then.minute // 2, seconds=then.second)
    return datetime.combine(day, opens, ZONE) + shift


def soon(at: datetime, rng: Random) -> tuple[str, str]:
    """A day within the next week as one would say it at ``at``, bare and with a half of it."""
    today = at.astimezone(ZONE)
    ahead = rng.choice((1, 1, 2, 3))
    then = today + timedelta(days=ahead)
    week = "这周" if then.weekday() > today.weekday() else "下周"
    day = {1: "明天", 2: "后天"}.get(ahead, week + WEEKDAYS[then.weekday()])
    return day, day + rng.choice(("上午", "下午"))


def minutes(rng: Random, usual: float, spread: float = 0.7) -> float:
    """A waiting time around ``usual`` minutes, sometimes much longer (log-normal)."""
    return usual * rng.lognormvariate(0, spread)
