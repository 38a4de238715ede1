"""The departure board: what is due next, what is late, whose it is."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, SmallIntegerField, Value
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.areas.queries import name_above
from zhitong.kernel.clock import now
from zhitong.kernel.clock.queries import business_calendar
from zhitong.kernel.errors import Invalid
from zhitong.loop.domain import Stage
from zhitong.loop.models import Matter

PAGE = 25
COUNT_LIMIT = 100


class View(StrEnum):
    """The boards that staff can look at."""

    NEXT = "next"
    LATE = "late"
    MINE = "mine"
    NEW = "new"
    RISK = "risk"


Rows = QuerySet[Matter, tuple[Any, ...]]
COUNTED = (View.LATE, View.MINE)
BEGINNING = 192
"""Characters of a matter's words that lists are given."""
SHOWN = (
    "id", "code", Left("words", BEGINNING), "stage", "due_at", "area_path", "category",
    "owner_id", "owner__name", "area__name", name_above("area"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Departure:
    """A matter as lists show it: no sealed field and no long text leaves the database for them."""

    id: UUID
    code: str
    words: str
    stage: str
    due_at: datetime | None
    area_path: str
    category: str
    owner_id: UUID
    owner: str
    area_name: str
    area_above: str


@dataclass(frozen=True, slots=True)
class Board:
    """One page of matters in order of due time, and the key of the following page."""

    matters: list[Departure]
    following: str


def board(
    view: View,
    *,
    owners: tuple[UUID, ...] = (),
    town: str = "",
    after: str = "",
    size: int = PAGE,
) -> Board:
    """The open matters within reach, soonest due first, after the key of the page before.

    ``owners`` are the acting person's posts, for MINE; ``town`` is the path of a place to which
    the list is narrowed, put so that the database goes on walking in order of due times instead
    of sorting all that is open there. Raises Invalid for a key that is none.
    """
    rows = _of(_listed(), view, owners)
    if town:
        rows = rows.alias(place=Left("area_path", len(town))).filter(place=town)
    if after:
        due, id = _key(after)
        rows = rows.filter(due_at__gte=due).filter(Q(due_at__gt=due) | Q(id__gt=id))
    found = [Departure(*row) for row in rows[: size + 1]]
    following = _key_of(found[size - 1]) if len(found) > size else ""
    return Board(found[:size], following)


def risk_until(at: datetime) -> datetime:
    """What is due before this instant is at risk: the close of the next working day."""
    return business_calendar().end_of_workday(at, 1)


def counts(owners: tuple[UUID, ...]) -> dict[View, int]:
    """How many matters are late and how many are one's own, counted to COUNT_LIMIT at most."""
    return {view: len(_of(_counted(), view, owners)[:COUNT_LIMIT]) for view in COUNTED}


@cache
def _listed() -> Rows:
    """The board's query, put together once; who asks is looked up whenever it is sent."""
    rows: QuerySet[Matter] = Matter.objects.filter(due_at__isnull=False)
    return rows.order_by("due_at", "id").values_list(*SHOWN)


@cache
def _counted() -> Rows:
    """Open matters as nothing but ones."""
    rows: QuerySet[Matter] = Matter.objects.filter(due_at__isnull=False)
    return rows.order_by().values_list(Value(1, output_field=SmallIntegerField()))


def _of(rows: Rows, view: View, owners: tuple[UUID, ...]) -> Rows:
    match view:
        case View.LATE:
            return rows.filter(due_at__lt=now())
        case View.MINE:
            return rows.filter(owner__in=owners)
        case View.NEW:
            return rows.filter(stage=Stage.RECEIVED)
        case View.RISK:
            at = now()
            return rows.filter(due_at__gte=at, due_at__lt=risk_until(at))
        case View.NEXT:
            return rows


def _key_of(matter: Departure) -> str:
    due = matter.due_at or now()
    return f"{int(due.timestamp() * 1_000_000):x}.{matter.id.hex}"


def _key(text: str) -> tuple[datetime, UUID]:
    stamp, _dot, hexadecimal = text.partition(".")
    try:
        return datetime.fromtimestamp(int(stamp, 16) / 1_000_000, UTC), UUID(hexadecimal)
    except (ValueError, OverflowError, OSError) as problem:
        raise Invalid(
            _("This page of the list is not known. Start again from the top.")
        ) from problem
