"""The three rates by township, line, category, post and period, and the matters behind them.

Everything is read from sums (``RateCell``) or along an index of one month: no page asks all
matters.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.clock import now
from zhitong.kernel.errors import Invalid
from zhitong.loop.categories import CATEGORIES, DEFAULT
from zhitong.loop.domain.rates import COUNTS, WHOLE, Mark, Tally, total
from zhitong.loop.domain.signs import TOP, Burst, Given, bursts
from zhitong.loop.models import Matter
from zhitong.loop.models.rates import Counted, OpenRate, RateCell
from zhitong.loop.queries.board import SHOWN, Departure
from zhitong.loop.queries.counting import month_of
from zhitong.loop.schemes import counting

PAGE = 25
KEPT_MONTHS = 12
MOST_MARKS = 5_000
MOST_CROWDS = 10


UNKNOWN_PAGE = _("This page of the list is not known. Start again from the top.")


class By(StrEnum):
    """What the rates can be looked at by."""

    TOWN = "town"
    LINE = "line"
    CATEGORY = "category"
    POST = "post"


class Of(StrEnum):
    """Which matters behind a number."""

    MATTERS = "matters"
    IN_TIME = "in_time"
    LATE = "late"
    RESOLVED = "resolved"
    UNRESOLVED = "unresolved"
    RATED = "rated"
    UNHAPPY = "unhappy"
    EXCLUDED = "excluded"
    HASTY = "hasty"
    RETURNED = "returned"
    REOPENED = "reopened"


BEHIND: dict[Of, Q] = {
    Of.MATTERS: Q(),
    Of.IN_TIME: Q(excluded=False, response=Mark.GOOD),
    Of.LATE: Q(excluded=False, response=Mark.BAD),
    Of.RESOLVED: Q(excluded=False, resolution=Mark.GOOD),
    Of.UNRESOLVED: Q(excluded=False, resolution=Mark.BAD),
    Of.RATED: Q(excluded=False, weight__isnull=False),
    Of.UNHAPPY: Q(excluded=False, weight__lt=WHOLE),
    Of.EXCLUDED: Q(excluded=True),
    Of.HASTY: Q(excluded=False, hasty=True),
    Of.RETURNED: Q(excluded=False, returned=True),
    Of.REOPENED: Q(excluded=False, reopened=True),
}
COLUMN = {By.TOWN: "town", By.LINE: "category", By.CATEGORY: "category", By.POST: "post_id"}


def line_of(category: str) -> str:
    """The line that a category rides on."""
    return CATEGORIES.get(category, CATEGORIES[DEFAULT]).line


def months_back(count: int) -> list[date]:
    """The present month and those before it, newest first."""
    found = [month_of(now())]
    while len(found) < count:
        last = found[-1]
        found.append(date(last.year - (last.month == 1), (last.month - 2) % 12 + 1, 1))
    return found


def sums(by: By, months: Collection[date]) -> dict[str, dict[date, Tally]]:
    """What the rates are made of within reach, by key and month. One query."""
    rows = RateCell.objects.filter(month__in=list(months)).order_by()
    grouped = rows.values_list(COLUMN[by], "month").annotate(*(Sum(name) for name in COUNTS))
    found: dict[str, dict[date, Tally]] = {}
    for key, month, *counts in grouped:
        name = line_of(key) if by is By.LINE else str(key)
        held = found.setdefault(name, {})
        tally = Tally(**dict(zip(COUNTS, counts, strict=True)))
        held[month] = held.get(month, Tally()) + tally
    return found


def towns_in(month: date) -> dict[str, Tally]:
    """The sums of one month by path of township."""
    return {town: total(each.values()) for town, each in sums(By.TOWN, [month]).items()}


def post_names(months: Collection[date]) -> dict[str, str]:
    """How the posts are called that the sums of these months know."""
    rows = RateCell.objects.filter(month__in=list(months)).order_by()
    named = rows.values_list("post_id", "post__name").distinct()
    return {str(post): name for post, name in named}


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the matters behind a number, newest first, and the key of the page after."""

    matters: list[Departure]
    following: str


def behind(
    of: Of, by: By, key: str, months: Collection[date], *, after: str = "", size: int = PAGE
) -> Listed:
    """The matters that a number of the table counts; '' as key means all of them.

    Raises Invalid for a page that is none.
    """
    since, before = _place(after) if after else (None, None)
    keys: list[tuple[date, UUID]] = []
    for month in sorted(months, reverse=True):
        if since is not None and month > since:
            continue
        rows = _behind(of, by, key, months).filter(month=month)
        if month == since:
            rows = rows.filter(matter__lt=before)
        ids = rows.order_by("-matter_id").values_list("matter_id", flat=True)
        keys += [(month, id) for id in ids[: size + 1 - len(keys)]]
        if len(keys) > size:
            break
    found = _departures([id for _month, id in keys[:size]])
    if len(keys) <= size:
        return Listed(found, "")
    month, last = keys[size - 1]
    return Listed(found, f"{month:%Y%m}.{last.hex}")


def _departures(ids: Sequence[UUID]) -> list[Departure]:
    if not ids:
        return []
    rows = Matter.objects.filter(pk__in=ids).values_list(*SHOWN)
    found = {row[0]: Departure(*row) for row in rows}
    return [found[id] for id in ids if id in found]


def _place(text: str) -> tuple[date, UUID]:
    month, _dot, id = text.partition(".")
    try:
        return date(int(month[:4]), int(month[4:]), 1), UUID(id)
    except (ValueError, OverflowError) as problem:
        raise Invalid(UNKNOWN_PAGE) from problem


def _behind(of: Of, by: By, key: str, months: Collection[date]) -> QuerySet[Counted]:
    rows: QuerySet[Counted] = Counted.objects.filter(BEHIND[of])
    match by:
        case _ if not key:
            return rows
        case By.LINE:
            return rows.filter(category__in=_categories(key, months))
        case By.POST:
            return rows.filter(post_id=_uuid(key))
        case By.TOWN:
            return rows.filter(town=key)
        case By.CATEGORY:
            return rows.filter(category=key)


def _categories(line: str, months: Collection[date]) -> list[str]:
    """The categories of a line that the sums know, those of former lists too."""
    rows = RateCell.objects.filter(month__in=list(months)).order_by()
    known = rows.values_list("category", flat=True).distinct()
    return [code for code in known if line_of(code) == line]


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as problem:
        raise Invalid(UNKNOWN_PAGE) from problem


@dataclass(frozen=True, slots=True)
class Crowd:
    """A burst of top marks, with the name of the post and the codes of its matters."""

    burst: Burst
    post: str
    codes: list[str]


def crowds() -> list[Crowd]:
    """Bursts among the newest MOST_MARKS top marks within reach, the newest first."""
    rows = Counted.objects.filter(stars=TOP, rated_at__isnull=False).order_by("-rated_at")
    marks = rows.values_list("rated_at", "post_id", "matter_id", "post__name")
    told = list(marks[:MOST_MARKS])
    posts = {str(post): name for _at, post, _matter, name in told}
    given = (Given(at, str(post), str(matter)) for at, post, matter, _name in told)
    found = bursts(given, least=counting().top_marks, within=counting().within)
    found.sort(key=lambda burst: burst.begins, reverse=True)
    del found[MOST_CROWDS:]
    crowded = {matter for burst in found for matter in burst.matters}
    named = Matter.objects.filter(pk__in=crowded).values_list("pk", "code") if crowded else ()
    codes = {str(matter): code for matter, code in named}
    return [
        Crowd(one, posts[one.post], [codes[key] for key in one.matters if key in codes])
        for one in found
    ]


def open_months() -> list[date]:
    """The months that were published, newest first."""
    rows: Iterable[date] = OpenRate.objects.filter(town="").values_list("month", flat=True)
    return sorted(rows, reverse=True)


def open_lines(month: date) -> Sequence[OpenRate]:
    """A published month: the townships by path, the county last."""
    rows = list(OpenRate.objects.filter(month=month).order_by("town"))
    return [*(row for row in rows if row.town), *(row for row in rows if not row.town)]
