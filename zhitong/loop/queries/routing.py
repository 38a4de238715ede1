"""Whose a new matter is, and why."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db.models import Q, QuerySet

from zhitong.kernel.areas.codes import short_name
from zhitong.kernel.clock import now
from zhitong.kernel.errors import NotFound
from zhitong.kernel.identity.queries import posts, responsible_post
from zhitong.loop.categories import chain
from zhitong.loop.domain.routing import Rule, deciding
from zhitong.loop.models import Route

KEPT_SECONDS = 30.0
LISTED = 500
_kept: list[tuple[float, tuple[Rule, ...]]] = []


class Owner(Protocol):
    """What is asked of a post here."""

    pk: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Routed:
    """The post that gets a matter, and the rule that says so; None: it is the nearest one."""

    post: Owner
    rule: Rule | None

    @property
    def why(self) -> Mapping[str, str]:
        """The answer to "why did it come to me?", as the opening step keeps it."""
        told = {"post": self.post.name}
        if self.rule:
            told |= {"rule": str(self.rule.id), "category": self.rule.category}
            told["place"] = short_name(self.rule.place)
        return told


def routed(*, path: str, category: str, at: datetime | None = None) -> Routed:
    """The post for a matter at this place of this kind. One query, as long as rules are kept.

    Where no rule names a post that is there, it is the nearest that serves the place, as for a
    county without rules. A rule that was set or ended is known everywhere within 30 seconds.
    Raises Invalid when the county has set up no post at all.
    """
    rule = deciding(_rules(), path=path, chain=chain(category), at=at or now())
    if rule and (post := posts().filter(pk=rule.post).first()):
        return Routed(post, rule)
    return Routed(responsible_post(path), None)


def posts_above(path: str) -> list[Owner]:
    """The posts that a rule for this place can name: what they are given, they can always see."""
    return list(posts().filter(path__in=_upwards(path)))


def routes(*, within: tuple[str, ...]) -> list[Route]:
    """The rules in force or to come that touch these places, the widest first. One query."""
    touching = Q(area_path="")
    for root in within:
        touching |= Q(area_path__startswith=root) | Q(area_path__in=_upwards(root))
    rows = _lasting().filter(touching).select_related("area", "post")
    return list(rows.order_by("area_path", "category", "starts_at", "id")[:LISTED])


def route(id: UUID) -> Route:
    """One rule that has not ended. Raises NotFound."""
    found = _lasting().filter(pk=id).select_related("area").first()
    if found is None:
        raise NotFound
    return found


def _lasting() -> QuerySet[Route]:
    return Route.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now()))


def _upwards(path: str) -> list[str]:
    steps = path.rstrip("/").split("/")
    return ["/".join(steps[:count]) + "/" for count in range(1, len(steps) + 1)]


def forget_routes() -> None:
    """Read the rules again at the next question, because one was set or ended."""
    _kept.clear()


def _rules() -> tuple[Rule, ...]:
    if not _kept or time.monotonic() >= _kept[0][0]:
        columns = ("id", "area_path", "category", "post_id", "starts_at", "ends_at", "area__name")
        rows = _lasting().values_list(*columns)  # few: a county has tens of rules
        _kept[:] = [(time.monotonic() + KEPT_SECONDS, tuple(Rule(*row) for row in rows))]
    return _kept[0][1]
