"""What counting reads: which matters to look at again, and how each of them counts."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from zhitong.kernel.areas.codes import DIGITS, Level, code_of, path_of
from zhitong.kernel.databases.reach import beyond_reach
from zhitong.kernel.scope import Reach, Scope
from zhitong.loop.domain.clock import Kind
from zhitong.loop.domain.lives import events_of
from zhitong.loop.domain.merging import merged_into, told_as_they_count
from zhitong.loop.domain.rates import Mark, deeds_of, judge, scheme_for
from zhitong.loop.models import Matter, Step
from zhitong.loop.models.rates import Counted, Exclusion, OpenRate, RateCell, RateProgress
from zhitong.loop.queries.lives import reckoned
from zhitong.loop.schemes import counting

COUNT, PUBLISH = "loop.count_rates", "loop.publish_rates"
FIRST = UUID(int=0)
IN_RATES = Q(excluded=False)


def counting_scope() -> Scope:
    """Who counts: sees the whole county, may count and publish, and nothing else."""
    reach = Reach(subtrees=(path_of(settings.COUNTY),))
    return Scope("system:rates", reach, frozenset({COUNT, PUBLISH}), purpose="rates")


def progress() -> RateProgress | None:
    """How far counting has come, None before the first time."""
    return RateProgress.objects.first()


def stepped_after(seen: UUID, size: int) -> list[tuple[UUID, UUID]]:
    """The next steps by id, each with its matter.

    Looked for past every reach: none may be missed, and asked by reach a database would rather
    go through all matters each time.
    """
    with beyond_reach():
        rows = Step.unguarded.filter(id__gt=seen).order_by("id")
        return list(rows.values_list("id", "matter_id")[:size])


def decided_since(at: datetime) -> list[UUID]:
    """Matters about whose exclusion was decided from then on."""
    rows = Exclusion.objects.filter(decided_at__gte=at)
    return list(rows.values_list("matter_id", flat=True))


def turning(at: datetime, size: int) -> list[UUID]:
    """Matters that count otherwise because time has passed."""
    rows = Counted.objects.filter(turns_at__lt=at).order_by("turns_at")
    return list(rows.values_list("matter_id", flat=True)[:size])


def month_of(moment: datetime) -> date:
    """The first day of the month, in the county's zone."""
    return timezone.localtime(moment).date().replace(day=1)


def town_of(path: str) -> str:
    """The path of the township; of a place above townships, its own."""
    code = code_of(path)[: DIGITS[Level.TOWNSHIP]]
    return path_of(code)


def judged(ids: Collection[UUID], *, at: datetime) -> list[Counted]:
    """How these matters count at an instant, from their steps as they count.

    A merged matter is not among them: its main matter counts for both.
    """
    timelines: dict[UUID, list[tuple[str, datetime, dict[str, Any]]]] = {}
    steps = Step.objects.filter(matter__in=ids).order_by("at", "id")
    for matter, *told in steps.values_list("matter_id", "verb", "at", "data"):
        timelines.setdefault(matter, []).append((told[0], told[1], told[2]))
    out = Exclusion.objects.filter(matter__in=ids, accepted=True).values_list("matter_id")
    excluded = {matter for (matter,) in out}
    matters = Matter.objects.filter(pk__in=ids).values_list(
        "pk", "area_path", "category", "owner_id", "opened_at"
    )
    rows = (_judged(*row, told=timelines.get(row[0], []), at=at) for row in matters)
    found = [row for row in rows if row is not None]
    for row in found:
        row.excluded = row.matter_id in excluded
    return found


def _judged(
    pk: UUID,
    area_path: str,
    category: str,
    post: UUID,
    opened_at: datetime,
    *,
    told: list[tuple[str, datetime, dict[str, Any]]],
    at: datetime,
) -> Counted | None:
    """One matter; None for a merged one, and where no opening is on its timeline to judge from."""
    told = [one for one in told if one[1] <= at]
    if merged_into(told):
        return None
    events = events_of(told)
    if not events or events[0].kind is not Kind.OPENED:
        return None
    scheme = scheme_for(counting().schemes, timezone.localtime(opened_at).date())
    found = judge(deeds_of(told_as_they_count(told)), reckoned(opened_at, events, at=at), scheme)
    return Counted(
        matter_id=pk,
        month=month_of(opened_at),
        town=town_of(area_path),
        category=category,
        post_id=post,
        response=found.response,
        resolution=found.resolution,
        stars=found.stars,
        weight=found.weight,
        rated_at=found.rated_at,
        hasty=found.hasty,
        returned=found.returned,
        reopened=found.reopened,
        turns_at=found.turns_at,
        scheme=scheme.version,
    )


RENAMED = {
    "excluded": "left_out", "hasty": "hastily", "returned": "gone_back", "reopened": "again",
}  # fmt: skip
"""Sums that must not be called like the columns they are made of."""


def cells(month: date, town: str) -> list[RateCell]:
    """The sums of one month and township, over its matters as they count now."""
    decided = (Mark.GOOD, Mark.BAD)
    rows = Counted.objects.filter(month=month, town=town).order_by()
    sums = rows.values("category", "post_id").annotate(
        matters=Count("pk"),
        left_out=Count("pk", filter=Q(excluded=True)),
        in_time=Count("pk", filter=IN_RATES & Q(response=Mark.GOOD)),
        answers=Count("pk", filter=IN_RATES & Q(response__in=decided)),
        resolved=Count("pk", filter=IN_RATES & Q(resolution=Mark.GOOD)),
        ended=Count("pk", filter=IN_RATES & Q(resolution__in=decided)),
        points=Coalesce(Sum("weight", filter=IN_RATES), 0),
        rated=Count("pk", filter=IN_RATES & Q(weight__isnull=False)),
        hastily=Count("pk", filter=IN_RATES & Q(hasty=True)),
        gone_back=Count("pk", filter=IN_RATES & Q(returned=True)),
        again=Count("pk", filter=IN_RATES & Q(reopened=True)),
    )
    return [_cell(month, town, row) for row in sums]


def _cell(month: date, town: str, row: dict[str, Any]) -> RateCell:
    renamed = {field: row.pop(name) for field, name in RENAMED.items()}
    return RateCell(month=month, town=town, **row, **renamed)


def unpublished(today: date) -> list[date]:
    """Months with matters that are over for long enough and not published, oldest first."""
    last = (today - counting().open_after).replace(day=1)
    known: Iterable[date] = OpenRate.objects.values_list("month", flat=True)
    rows = RateCell.objects.filter(month__lt=last).exclude(month__in=list(known))
    return sorted(set(rows.order_by().values_list("month", flat=True).distinct()))
