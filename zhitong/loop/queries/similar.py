"""Matters that are like what is said now: for staff, and for residents before they send."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Left

from zhitong.kernel.clock import now
from zhitong.kernel.scope import current
from zhitong.kernel.search.similar import holding
from zhitong.loop.domain.similarity import LONGEST, Likeness, Said, closest, shingles
from zhitong.loop.models import Matter, MatterWords
from zhitong.loop.queries.board import SHOWN, Departure

SHOWN_AT_MOST = 5
CANDIDATES = 50
"""Matters that are compared: so many by their words, and so many by their place."""

HOLDING = 200
"""Keys by words, of which those within reach are compared as far as CANDIDATES."""

COMPARED = ("id", Left("words", LONGEST), "area_path", "opened_at")


@dataclass(frozen=True, slots=True)
class Alike:
    """A matter as lists show it, how alike its words are (0 to 1), and when it was opened."""

    matter: Departure
    words: float
    opened_at: datetime


def similar(
    words: str, area_path: str, *, but: UUID | None = None, most: int = SHOWN_AT_MOST
) -> list[Alike]:
    """Matters within reach that may be about the same thing, the most alike first.

    Compared are those that hold most of the rarest words, and the open ones of the same place.
    ``but`` is left out: the matter that is compared with the others.
    """
    seen = {row[0]: row for row in (*_by_words(words), *_by_place(area_path))}
    seen.pop(but, None)
    found = _closest(words, area_path, seen.values(), most)
    rows = Matter.objects.filter(id__in=[each.row[0] for each in found]).values_list(*SHOWN)
    listed = {row[0]: Departure(*row) for row in rows}
    return [Alike(listed[one.row[0]], one.words, one.row[3]) for one in found]


def _closest(
    words: str, area_path: str, rows: Iterable[tuple[Any, ...]], most: int
) -> list[Likeness[tuple[Any, ...]]]:
    at = now()
    asked = Said(shingles(words), area_path)
    others = ((row, Said(shingles(row[1]), row[2], at - row[3])) for row in rows)
    return closest(asked, others, most=most)


def _by_words(words: str) -> list[tuple[Any, ...]]:
    """Those within reach that hold most of the rarest words."""
    current()
    keys = holding(MatterWords, words, most=HOLDING)
    if not keys:
        return []
    rows = Matter.objects.filter(found_by__id__in=keys)
    near = set(rows.values_list("found_by__id", flat=True))
    compared = [key for key in keys if key in near][:CANDIDATES]
    return list(Matter.objects.filter(found_by__id__in=compared).values_list(*COMPARED))


def _by_place(area_path: str) -> QuerySet[Matter, tuple[Any, ...]]:
    """The open ones of one place, last due first."""
    rows = Matter.objects.filter(area_path=area_path, due_at__isnull=False)
    return rows.order_by("-due_at", "-id").values_list(*COMPARED)[:CANDIDATES]
