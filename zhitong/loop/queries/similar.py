"""Matters that are like what is said now: for staff, and for residents before they send."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Left

from zhitong.kernel.clock import now
from zhitong.kernel.scope import Reach, Scope, acting, current
from zhitong.kernel.search.similar import holding
from zhitong.loop.domain import Stage
from zhitong.loop.domain.publishing import PublicText
from zhitong.loop.domain.similarity import (
    LONGEST,
    Likeness,
    Said,
    closest,
    publishable,
    shingles,
)
from zhitong.loop.models import Matter, MatterWords, Summary
from zhitong.loop.queries.board import SHOWN, Departure

SHOWN_AT_MOST = 5
OWN_AT_MOST = 3
PUBLIC_AT_MOST = 2
CANDIDATES = 50
"""Matters that are compared: about so many by their words, and so many by their place."""

HOLDING = 200
"""Keys by words, of which those within reach are compared as far as CANDIDATES."""

LATELY = timedelta(days=14)
SAME_NEWS = 0.3
"""Likeness of words from which reports are counted together."""

COMPARED = ("id", Left("words", LONGEST), "area_path", "opened_at", "resident_key", "phone_index")
Row = tuple[UUID, str, str, datetime, str, str]
Rows = QuerySet[Matter, Row]


@dataclass(frozen=True, slots=True)
class Alike:
    """A matter as lists show it, how alike its words are (0 to 1), and when it was opened."""

    matter: Departure
    words: float
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """What somebody may hear before they send. Nothing of what others said is in it.

    ``reports``: so many people or more have reported something alike nearby; 0 for too few to
    be told. ``public`` is what a second person has released of such reports. ``own`` are their
    own earlier matters, if they signed in.
    """

    reports: int = 0
    public: tuple[PublicText, ...] = ()
    own: tuple[Matter, ...] = ()


def similar(
    words: str, area_path: str, *, but: UUID | None = None, most: int = SHOWN_AT_MOST
) -> list[Alike]:
    """Matters within reach that may be about the same thing, the most alike first.

    Compared are those that hold most of the rarest words, and the open ones of the same place.
    ``but`` is left out: the matter that is compared with the others.
    """
    current()
    rows = [row for row in _candidates(Matter.objects.all(), words, area_path) if row[0] != but]
    found = _closest(words, area_path, rows, most=most)
    listed = _listed([one.row[0] for one in found])
    return [Alike(listed[one.row[0]], one.words, one.row[3]) for one in found]


def known(words: str, area_path: str) -> Known:
    """What is known about this already, for whoever acts: a resident, or anybody.

    ``area_path`` is '' as long as no place is named.
    """
    reports, public = _nearby(words, area_path) if area_path else (0, ())
    return Known(reports, public, _own(words, area_path))


def _nearby(words: str, area_path: str) -> tuple[int, tuple[PublicText, ...]]:
    """How many people lately reported something alike near a place, told in steps, and what is
    public of it: that is sought by the public text, so that it gives away no other.

    Counted by the system itself within one township: nobody else reaches these rows here, and
    nothing but the step and public texts leaves this function.
    """
    town = "".join(f"{part}/" for part in area_path.split("/")[:4])
    scope = Scope("system:similar", Reach((town,)), frozenset(), "counting reports")
    with acting(scope):
        going = Q(due_at__isnull=False) | Q(stage=Stage.MERGED)
        lately = Matter.objects.filter(going, opened_at__gte=now() - LATELY)
        rows = list(_candidates(lately, words, area_path))
        summaries = list(Summary.objects.filter(matter_id__in=[row[0] for row in rows]))
    found = _closest(words, area_path, rows, most=2 * CANDIDATES, least=SAME_NEWS)
    people = {one.row[4] or one.row[5] or one.row[0] for one in found}
    released = [text for each in summaries if (text := each.released())]
    asked = Said(shingles(words), area_path)
    others = ((text, Said(shingles(text.words), area_path)) for text in released)
    public = closest(asked, others, most=PUBLIC_AT_MOST)
    return publishable(len(people)), tuple(one.row for one in public)


def _own(words: str, area_path: str) -> tuple[Matter, ...]:
    """The acting resident's own matters that are alike, the most alike first."""
    own = current().reach.own
    if not own:
        return ()
    rows = Matter.objects.filter(resident_key=own).order_by("-id")
    found = _closest(words, area_path, rows.values_list(*COMPARED)[:CANDIDATES], most=OWN_AT_MOST)
    matters = Matter.objects.in_bulk([one.row[0] for one in found])
    return tuple(matters[one.row[0]] for one in found)


def _candidates(rows: QuerySet[Matter], words: str, area_path: str) -> Iterator[Row]:
    """What is worth comparing among the rows, each once."""
    seen = {row[0]: row for row in (*_by_words(rows, words), *_by_place(rows, area_path))}
    return iter(seen.values())


def _by_words(matters: QuerySet[Matter], words: str) -> list[Row]:
    """Those that hold most of the rarest words.

    Asked for in small parts, which is enough for most; given all keys at once, SQLite would
    rather walk through everything within reach.
    """
    keys = holding(MatterWords, words, most=HOLDING)
    found: list[Row] = []
    for start in range(0, len(keys), CANDIDATES):
        part = keys[start : start + CANDIDATES]
        found += matters.filter(found_by__id__in=part).values_list(*COMPARED)
        if len(found) >= CANDIDATES:
            break
    return found


def _by_place(matters: QuerySet[Matter], area_path: str) -> Rows:
    """The open ones of one place, last due first."""
    rows = matters.filter(area_path=area_path, due_at__isnull=False)
    return rows.order_by("-due_at", "-id").values_list(*COMPARED)[:CANDIDATES]


def _closest(words: str, area_path: str, rows: Iterable[Row], **limits: Any) -> list[Likeness[Row]]:
    at = now()
    asked = Said(shingles(words), area_path)
    others = ((row, Said(shingles(row[1]), row[2], at - row[3])) for row in rows)
    return closest(asked, others, **limits)


def _listed(ids: list[UUID]) -> dict[UUID, Departure]:
    rows = Matter.objects.filter(id__in=ids).values_list(*SHOWN)
    return {row[0]: Departure(*row) for row in rows}
