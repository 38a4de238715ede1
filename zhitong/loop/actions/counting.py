"""Counting the three rates from what happened, a batch at a time, and publishing whole months."""

import time
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.areas.codes import path_of
from zhitong.kernel.areas.queries import townships
from zhitong.kernel.clock import now
from zhitong.loop.domain.hiding import hide
from zhitong.loop.domain.open_numbers import OPEN
from zhitong.loop.domain.rates import Tally, per_cent, total
from zhitong.loop.models.rates import FACTS, Counted, OpenRate, RateCell, RateProgress
from zhitong.loop.queries import counting
from zhitong.loop.queries.counting import COUNT, PUBLISH
from zhitong.loop.queries.rates import towns_in

BATCH = 500
MOST_SECONDS = 30.0
WRITTEN = [name.removesuffix("_id") for name in FACTS if name != "town"]
SETTLED = timedelta(seconds=120)
"""Steps this young are read again next time: one made before them may not be committed yet."""


@action(COUNT, describe=_("Count the three rates"), quiet=True)
def count(*, matters: Collection[UUID], seen: UUID) -> int:
    """Judge these matters anew and bring the sums that they are in up to date.

    Every step up to ``seen`` is counted then. Returns how many matters count otherwise than
    before. What it writes the steps give again at any time, so the audit log says nothing of it.
    """
    found = counting.judged(matters, at=now())
    before = {row.pk: row for row in Counted.objects.filter(pk__in=matters)}
    changed = [row for row in found if not _same(before.get(row.pk), row)]
    gone = [before[key] for key in before.keys() - {row.pk for row in found}]
    Counted.objects.filter(pk__in=[row.pk for row in gone]).delete()
    _keep(changed, before)
    touched = {(row.month, row.town) for row in (*changed, *gone)}
    touched |= {(was.month, was.town) for row in changed if (was := before.get(row.pk))}
    for month, town in sorted(touched):
        RateCell.objects.filter(month=month, town=town).delete()
        RateCell.objects.bulk_create(counting.cells(month, town))
    come = {"seen": min(seen, _settled()), "at": now()}
    RateProgress.objects.update_or_create(pk=1, defaults=come)
    return len(changed) + len(gone)


def _keep(rows: Sequence[Counted], before: Mapping[UUID, Counted]) -> None:
    """Write what has changed. A row of another township is a new one: rows do not change reach."""
    staying = [row for row in rows if (was := before.get(row.pk)) and was.town == row.town]
    stay = {row.pk for row in staying}
    Counted.objects.filter(pk__in=before.keys() & {row.pk for row in rows} - stay).delete()
    Counted.objects.bulk_create([row for row in rows if row.pk not in stay])
    Counted.objects.bulk_update(staying, WRITTEN)


def _same(before: Counted | None, row: Counted) -> bool:
    return before is not None and before.facts() == row.facts()


def catch_up(*, seconds: float = MOST_SECONDS) -> bool:
    """Count what happened since the last time; False when the time was over before the work."""
    until, at = time.monotonic() + seconds, now()
    progress = counting.progress()
    seen = progress.seen if progress else counting.FIRST
    while steps := counting.stepped_after(seen, BATCH):
        seen = steps[-1][0]
        count(matters={matter for _step, matter in steps}, seen=seen)
        if time.monotonic() > until:
            return False
    decided = counting.decided_since(progress.at - SETTLED) if progress else []
    count(matters=decided, seen=seen)
    while turned := counting.turning(at, BATCH):
        if not count(matters=turned, seen=seen) or time.monotonic() > until:
            return False
    return True


def _settled() -> UUID:
    """An id below which no step can still appear."""
    millis = int((time.time() - SETTLED.total_seconds()) * 1000)
    return UUID(int=millis << 80)


@action(PUBLISH, describe=_("Publish a month of the three rates"))
def publish(*, month: date) -> None:
    """Publish a month as it stands, small numbers hidden. It is never changed afterwards."""
    tallies = towns_in(month)
    towns = [area.path for area in townships(settings.COUNTY)]
    towns += sorted(tallies.keys() - set(towns))
    rows = [tallies.get(town, Tally()) for town in towns]
    lines = _lines(rows, total(rows))
    at = now()
    OpenRate.objects.bulk_create(
        OpenRate(month=month, town=town, published_at=at, **line)
        for town, line in zip([*towns, ""], lines, strict=True)
    )
    acted_on(f"loop.OpenRate:{month:%Y-%m}", path=path_of(settings.COUNTY), month=f"{month:%Y-%m}")


def _lines(rows: Sequence[Tally], whole: Tally) -> list[dict[str, int | None]]:
    """The public columns of every row and of the whole, None where a number is hidden.

    What is hidden in the column of matters is hidden in all: the columns are nearly equal.
    """
    lines: list[dict[str, int | None]] = [{} for _row in (*rows, whole)]
    also: frozenset[int] = frozenset()
    for counted, share in OPEN:
        hidden = hide([getattr(row, counted) for row in rows], also=also)
        if counted == "matters":
            also = hidden.places
        unseen = hidden.places | ({len(rows)} if hidden.total else frozenset())
        for place, row in enumerate((*rows, whole)):
            seen = place not in unseen
            lines[place][counted] = getattr(row, counted) if seen else None
            if share:
                lines[place][share] = per_cent(getattr(row, share)) if seen else None
    return lines


def publish_what_is_over() -> int:
    """Publish every month that is over for long enough. Returns how many there were."""
    months = counting.unpublished(timezone.localdate(now()))
    for month in months:
        publish(month=month)
    return len(months)
