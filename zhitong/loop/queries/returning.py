"""Matters that somebody wants to send back: what waits for a decision, and how many there were."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.clock import now
from zhitong.kernel.clock.queries import business_calendar
from zhitong.kernel.errors import Invalid, NotFound
from zhitong.loop.domain.reckoning import runs_out
from zhitong.loop.domain.returning import ReturnState
from zhitong.loop.models import Matter, Return
from zhitong.loop.queries.counting import town_of
from zhitong.loop.queries.policies import policy_at

PAGE = 25
BATCH = 300
UNKNOWN_PAGE = _("This page of the list is not known. Start again from the top.")


def decide_by(asked_at: datetime) -> datetime:
    """When a decision is due on what is asked now, by the promises of this day."""
    limit = policy_at(asked_at).returns
    return runs_out(business_calendar(), limit, asked_at, limit.amount)


def waiting(id: UUID) -> Return:
    """One that is not decided, with its matter. Raises NotFound outside reach, or when it is."""
    found: Return | None = _waiting().filter(pk=id).first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class Waiting:
    """One page of what waits for a decision, the longest first, and the key of the next page."""

    rows: list[Return]
    following: str


def to_decide(*, after: str = "", size: int = PAGE) -> Waiting:
    """What waits within reach. Raises Invalid for a page that is none."""
    rows = _waiting().order_by("id")
    if after:
        rows = rows.filter(id__gt=_key(after))
    found = list(rows[: size + 1])
    return Waiting(found[:size], found[size - 1].pk.hex if len(found) > size else "")


def undecided_in_time() -> list[UUID]:
    """What is late, and nobody was told of it yet."""
    rows = _waiting().filter(due_at__lt=now(), told_at=None).order_by("id")
    return list(rows.values_list("pk", flat=True)[:BATCH])


def told(posts: Sequence[UUID]) -> list[Return]:
    """What these posts were told is late, and still waits."""
    return list(_waiting().filter(told__in=posts).order_by("id")[:PAGE])


@dataclass(frozen=True, slots=True)
class Returned:
    """How many returns were asked for, and what has become of them."""

    asked: int = 0
    accepted: int = 0
    refused: int = 0


def returned(begins: datetime, ends: datetime) -> dict[str, Returned]:
    """What was asked within a period, by path of the township. One query, within reach."""
    rows = Return.objects.filter(asked_at__gte=begins, asked_at__lt=ends)
    found: dict[str, Returned] = {}
    for path, state in rows.values_list("matter__area_path", "state"):
        held = found.setdefault(town_of(path), Returned())
        found[town_of(path)] = Returned(
            held.asked + 1,
            held.accepted + (state == ReturnState.ACCEPTED),
            held.refused + (state == ReturnState.REFUSED),
        )
    return found


def is_asked_back(matter: Matter) -> bool:
    """Whether somebody wants to send this matter back and nobody has decided."""
    return bool(Return.objects.filter(matter=matter, state=ReturnState.ASKED).exists())


def _waiting() -> QuerySet[Return]:
    rows = Return.objects.filter(state=ReturnState.ASKED, matter__due_at__isnull=False)
    return rows.select_related("matter", "matter__owner", "of", "to")


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as problem:
        raise Invalid(UNKNOWN_PAGE) from problem
