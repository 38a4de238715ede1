"""The departure board: what is due next, what is late, whose it is."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.clock import now
from zhitong.kernel.errors import Invalid
from zhitong.loop.domain import Stage
from zhitong.loop.models import Matter

PAGE = 25
COUNT_LIMIT = 1000


class View(StrEnum):
    """The boards that staff can look at."""

    NEXT = "next"
    LATE = "late"
    MINE = "mine"
    NEW = "new"


SHOWN = (
    "code", "words", "stage", "due_at", "area_path", "category", "owner__name",
)  # fmt: skip
COUNTED = (View.LATE, View.MINE)


@dataclass(frozen=True, slots=True)
class Board:
    """One page of matters in order of due time, and the key of the following page."""

    matters: list[Matter]
    following: str


def board(view: View, *, owners: tuple[UUID, ...] = (), after: str = "", size: int = PAGE) -> Board:
    """The open matters within reach, soonest due first, after the key of the page before.

    ``owners`` are the acting person's posts, for MINE. Raises Invalid for a key that is none.
    """
    rows = _rows(view, owners)
    if after:
        due, id = _key(after)
        rows = rows.filter(due_at__gte=due).filter(Q(due_at__gt=due) | Q(id__gt=id))
    found = list(shown(rows).order_by("due_at", "id")[: size + 1])
    following = _key_of(found[size - 1]) if len(found) > size else ""
    return Board(found[:size], following)


def shown(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    """Rows with what a list shows, and no more: sealed fields stay in the database."""
    return rows.select_related("owner").only(*SHOWN)


def counts(owners: tuple[UUID, ...]) -> dict[View, int]:
    """How many matters are late and how many are one's own, counted to COUNT_LIMIT at most."""
    return {view: _rows(view, owners)[:COUNT_LIMIT].count() for view in COUNTED}


def _rows(view: View, owners: tuple[UUID, ...]) -> QuerySet[Matter]:
    rows: QuerySet[Matter] = Matter.objects.filter(due_at__isnull=False)
    match view:
        case View.LATE:
            return rows.filter(due_at__lt=now())
        case View.MINE:
            return rows.filter(owner__in=owners)
        case View.NEW:
            return rows.filter(stage=Stage.RECEIVED)
        case View.NEXT:
            return rows


def _key_of(matter: Matter) -> str:
    due = matter.due_at or now()
    return f"{int(due.timestamp() * 1_000_000):x}.{matter.pk.hex}"


def _key(text: str) -> tuple[datetime, UUID]:
    stamp, _dot, hexadecimal = text.partition(".")
    try:
        return datetime.fromtimestamp(int(stamp, 16) / 1_000_000, UTC), UUID(hexadecimal)
    except (ValueError, OverflowError, OSError) as problem:
        raise Invalid(
            _("This page of the list is not known. Start again from the top.")
        ) from problem
