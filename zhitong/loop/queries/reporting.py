"""Monthly reports: which there are, and what their numbers are counted from.

Every matter is judged from its steps up to the instant of the report, at the place and under the
category that it had then. Nothing is read from sums that are kept.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.areas.codes import path_of
from zhitong.kernel.errors import Invalid, NotFound
from zhitong.kernel.guarded import after as above
from zhitong.kernel.scope import Reach, Scope
from zhitong.loop.domain import Verb
from zhitong.loop.domain.rates import Judgement, Mark, Tally, tally_of
from zhitong.loop.domain.reporting import MONTHS, Cell
from zhitong.loop.models import Counted, Exclusion, Matter, Report, Step
from zhitong.loop.queries.counting import judged, town_of
from zhitong.loop.schemes import counting

MAKE, ASK = "loop.make_report", "loop.ask_report"
PAGE = 24
BEFORE: dict[str, str] = {Verb.MOVE_AREA: "left", Verb.RECLASSIFY: "from"}
"""Where the steps that correct a matter keep what was before."""
DAY = timedelta(days=1)


def reporting_scope() -> Scope:
    """Who makes reports: sees the whole county, and may do nothing else."""
    reach = Reach(subtrees=(path_of(settings.COUNTY),))
    return Scope("system:reports", reach, frozenset({MAKE, ASK}), purpose="report")


def report(id: UUID) -> Report:
    """One report within reach. Raises NotFound."""
    found: Report | None = Report.objects.filter(pk=id).first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class Archive:
    """One page of reports, the newest first, and the key of the page after."""

    rows: list[Report]
    following: str


def archive(*, after: str = "", size: int = PAGE) -> Archive:
    """The reports within reach. Raises Invalid for a page that is none."""
    rows = Report.objects.order_by("-id").defer("numbers", "held")
    if after:
        try:
            rows = rows.filter(id__lt=UUID(after))
        except ValueError as problem:
            raise Invalid(
                _("This page of the list is not known. Start again from the top.")
            ) from problem
    found = list(rows[: size + 1])
    return Archive(found[:size], found[size - 1].pk.hex if len(found) > size else "")


def waiting() -> Report | None:
    """The report that has waited longest to be made."""
    found: Report | None = Report.objects.filter(made_at=None).order_by("id").first()
    return found


def end_of(day: date) -> datetime:
    """The instant at which a day ends in the county's zone."""
    midnight = datetime.combine(day + DAY, datetime.min.time())
    return timezone.make_aware(midnight, timezone.get_default_timezone()).astimezone(UTC)


def settled(month: date) -> date:
    """The last day that a month's public numbers look at: it is over for long enough then."""
    following = (month + timedelta(days=31)).replace(day=1)
    return following + counting().open_after - DAY


def unreported(today: date) -> list[date]:
    """Months over for long enough that have no report of the county as of then."""
    last = (today - counting().open_after).replace(day=1)
    months = [last]
    while len(months) < MONTHS:
        months.append((months[-1] - DAY).replace(day=1))
    wanted = [month for month in months[1:] if settled(month) < today]
    known = Report.objects.filter(month__in=wanted, path=path_of(settings.COUNTY))
    there = {(month, as_of) for month, as_of in known.values_list("month", "as_of")}
    return [month for month in wanted if (month, end_of(settled(month))) not in there]


def span(month: date) -> tuple[datetime, datetime]:
    """From the first instant of the earliest month of a report to the last of its own."""
    first = month
    for _month in range(MONTHS - 1):
        first = (first - DAY).replace(day=1)
    last = (month + timedelta(days=31)).replace(day=1) - DAY
    return end_of(first - DAY), end_of(last)


def matters_of(wanted: Report) -> QuerySet[Matter]:
    """The matters that a report may be about, in the order in which they are gone through.

    A matter may have been moved since: those that are elsewhere now are looked at too.
    """
    begins, ends = span(wanted.month)
    until = min(ends, wanted.as_of)
    rows: QuerySet[Matter] = Matter.objects.filter(opened_at__gte=begins, opened_at__lt=until)
    return rows.order_by("pk")


def following(wanted: Report, seen: str, size: int) -> list[UUID]:
    """The next matters to count, behind the one with this key."""
    rows = matters_of(wanted)
    if seen:
        rows = rows.filter(pk__gt=UUID(seen))
    return list(rows.values_list("pk", flat=True)[:size])


def _set_back(rows: Sequence[Counted], at: datetime) -> None:
    """Let each count where it was at that instant, as what, and left out or not."""
    ids = [row.matter_id for row in rows]
    out = Exclusion.objects.filter(matter__in=ids, accepted=True, decided_at__lte=at)
    excluded = set(out.values_list("matter_id", flat=True))
    later = Step.objects.filter(matter__in=ids, at__gt=at, verb__in=BEFORE).order_by("at", "id")
    before: dict[tuple[UUID, str], str] = {}
    for matter, verb, data in later.values_list("matter_id", "verb", "data"):
        if left := data.get(BEFORE[verb]):
            before.setdefault((matter, verb), left)
    for row in rows:
        row.excluded = row.matter_id in excluded
        if town := before.get((row.matter_id, Verb.MOVE_AREA)):
            row.town = town_of(path_of(town))
        row.category = before.get((row.matter_id, Verb.RECLASSIFY), row.category)


def cells(ids: Collection[UUID], wanted: Report) -> Iterator[tuple[Cell, Tally]]:
    """How each of these matters counts at the instant of the report, and where."""
    rows = judged(ids, at=wanted.as_of)
    _set_back(rows, wanted.as_of)
    for row in rows:
        if row.town >= wanted.path and row.town < above(wanted.path):
            told = Judgement(
                response=Mark(row.response), resolution=Mark(row.resolution), stars=row.stars,
                weight=row.weight, hasty=row.hasty, returned=row.returned, reopened=row.reopened,
            )  # fmt: skip
            cell = Cell(f"{row.month:%Y-%m}", row.town, row.category)
            yield cell, tally_of(told, excluded=row.excluded)
