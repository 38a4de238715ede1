"""The supervisor's board: what stands open, late and at risk, township by township.

The page reads sums (``BoardDay``, ``RateCell``); only the count of every minute asks all open
matters.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Left
from django.utils import timezone

from zhitong.kernel.areas.codes import DIGITS, Level, path_of
from zhitong.kernel.areas.queries import townships
from zhitong.kernel.clock import now
from zhitong.kernel.scope import Reach, Scope, current
from zhitong.loop.models import BoardDay, Matter, RateCell
from zhitong.loop.queries.board import risk_until

COUNT_BOARD = "loop.count_board"
TOWN_PATH = DIGITS[Level.TOWNSHIP] + 4
"""Characters in the path of a township; a place above has a shorter one, its own."""


@dataclass(frozen=True, slots=True)
class Stand:
    """How many matters are open, and how many of them are late, or due by the next workday."""

    open: int = 0
    late: int = 0
    risk: int = 0


def board_scope() -> Scope:
    """Who counts what stands open: sees the whole county, and may do nothing else."""
    reach = Reach(subtrees=(path_of(settings.COUNTY),))
    return Scope("system:board", reach, frozenset({COUNT_BOARD}), purpose="board")


def stands(at: datetime) -> dict[str, Stand]:
    """What stands open by path of township, counted now over every open matter within reach.

    Townships in use are there even where nothing is open.
    """
    late, risk = Q(due_at__lt=at), Q(due_at__gte=at, due_at__lt=risk_until(at))
    rows: QuerySet[Matter] = Matter.objects.filter(due_at__isnull=False).order_by()
    by_town = rows.annotate(town=Left(F("area_path"), TOWN_PATH)).values_list("town")
    counted = by_town.annotate(
        all=Count("pk"), late=Count("pk", filter=late), risk=Count("pk", filter=risk)
    )
    found = {town: Stand() for town in towns_within_reach()}
    return found | {town: Stand(*numbers) for town, *numbers in counted}


def towns_within_reach() -> list[str]:
    """The paths of the county's townships in use that the acting scope reaches, in order."""
    reach = current().reach
    return [area.path for area in townships(settings.COUNTY) if reach.covers(path=area.path)]


@dataclass(frozen=True, slots=True)
class Flow:
    """Of the matters that came in during a period: how many, and what became of some of them."""

    received: int = 0
    returned: int = 0
    reopened: int = 0


def flows(months: Collection[date]) -> dict[str, Flow]:
    """The matters of these months by path of township. One query."""
    rows = RateCell.objects.filter(month__in=list(months)).order_by().values_list("town")
    summed = rows.annotate(*(Sum(name) for name in ("matters", "returned", "reopened")))
    return {town: Flow(*numbers) for town, *numbers in summed}


def themes(months: Collection[date]) -> dict[str, int]:
    """How many matters of these months each category has. One query."""
    rows = RateCell.objects.filter(month__in=list(months)).order_by()
    return dict(rows.values_list("category").annotate(Sum("matters")))


@dataclass(frozen=True, slots=True)
class Course:
    """How a township stood day by day. ``now`` is the last count, at ``at``."""

    now: Stand
    at: datetime
    days: Mapping[date, Stand]


def courses(days: Collection[date]) -> dict[str, Course]:
    """By path of township: the last count, and those of these days. One query."""
    today = timezone.localdate(now())
    recent = Q(day__gte=today - timedelta(days=1))
    rows = BoardDay.objects.filter(recent | Q(day__in=list(days))).order_by("day")
    told = rows.values_list("town", "day", "at", "open", "late", "risk")
    wanted = set(days)
    held: dict[str, dict[date, Stand]] = {}
    last: dict[str, tuple[datetime, Stand]] = {}
    for town, day, at, *numbers in told:
        stand = Stand(*numbers)
        last[town] = (at, stand)
        if day in wanted:
            held.setdefault(town, {})[day] = stand
    return {town: Course(stand, at, held.get(town, {})) for town, (at, stand) in last.items()}
