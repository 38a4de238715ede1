"""The matters of a list that is taken out: which, how many, and a batch after the other."""

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from zhitong.kernel.clock import now
from zhitong.kernel.errors import NotFound
from zhitong.kernel.identity.queries import acting_account
from zhitong.loop.categories import CATEGORIES
from zhitong.loop.domain import Stage
from zhitong.loop.models import Export, Matter

SHOWN = 10


class Which(StrEnum):
    """The boards, and everything whether open or not."""

    NEXT = "next"
    LATE = "late"
    MINE = "mine"
    NEW = "new"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which matters: those of a board, that came in from one day to another, of one line."""

    which: str = Which.NEXT
    since: str = ""
    until: str = ""
    line: str = ""

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Self:
        """As it was kept with a list; what this version does not know is left out."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: str(value) for name, value in kept.items() if name in known})

    def kept(self) -> dict[str, str]:
        """To be kept, and to be written down."""
        return {name: value for name, value in asdict(self).items() if value}


def many(wanted: Wanted, posts: tuple[UUID, ...], *, at_most: int) -> int:
    """How many matters within reach are wanted, counted no further than ``at_most``."""
    return len(_rows(wanted, posts).order_by("id").values_list("id")[:at_most])


def batch(
    wanted: Wanted, posts: tuple[UUID, ...], *, after: UUID | None, size: int, words: bool
) -> list[Matter]:
    """The next matters with their owners, by key."""
    rows = _rows(wanted, posts).select_related("owner").order_by("id")
    if after:
        rows = rows.filter(id__gt=after)
    return list((rows if words else rows.defer("words"))[:size])


def mine() -> list[Export]:
    """The lists that the acting person asked for, newest first."""
    return list(Export.objects.filter(account=acting_account()).order_by("-asked_at")[:SHOWN])


def export(id: UUID) -> Export:
    """One of the acting person's own lists. Raises NotFound for anybody else's."""
    found = Export.objects.filter(pk=id, account=acting_account()).first()
    if found is None:
        raise NotFound
    return found


def _rows(wanted: Wanted, posts: tuple[UUID, ...]) -> QuerySet[Matter]:
    rows: QuerySet[Matter] = _which(Matter.objects.all(), wanted.which, posts)
    if wanted.since:
        rows = rows.filter(opened_at__gte=_midnight(wanted.since))
    if wanted.until:
        rows = rows.filter(opened_at__lt=_midnight(wanted.until) + timedelta(days=1))
    if wanted.line:
        codes = [one.code for one in CATEGORIES.values() if one.line == wanted.line]
        rows = rows.filter(category__in=codes)
    return rows


def _which(rows: QuerySet[Matter], which: str, posts: tuple[UUID, ...]) -> QuerySet[Matter]:
    if which == Which.ALL:
        return rows
    rows = rows.filter(due_at__isnull=False)
    if which == Which.LATE:
        return rows.filter(due_at__lt=now())
    if which == Which.MINE:
        return rows.filter(owner__in=posts)
    return rows.filter(stage=Stage.RECEIVED) if which == Which.NEW else rows


def _midnight(day: str) -> datetime:
    """The beginning of a day of the county's calendar."""
    return timezone.make_aware(datetime.combine(date.fromisoformat(day), time()))
