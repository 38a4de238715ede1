"""The three rates as supervisors see them: a table, its lines of development, what is behind it."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhitong.kernel.areas.codes import code_of
from zhitong.kernel.areas.queries import labels
from zhitong.kernel.errors import Sentence
from zhitong.kernel.pages import page
from zhitong.kernel.scope import current
from zhitong.kernel.text.output import csv_safe
from zhitong.loop.categories import CATEGORIES
from zhitong.loop.domain.rates import Tally, per_cent, total
from zhitong.loop.queries import counting, exclusions, rates
from zhitong.loop.queries.rates import By, Of
from zhitong.loop.schemes import counting as rules
from zhitong.loop.web import departures
from zhitong.loop.web.lines import drawn
from zhitong.loop.web.ratewords import BY, COLUMNS, LINES, OF, RATES
from zhitong.shell.navigation import address as at


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader wants to see: by what, and which months, newest first."""

    by: By
    period: str
    months: Sequence[date]

    def address(self, name: str = "loop:rates", **more: str) -> str:
        """The address of the same choice on another page, or of another choice."""
        wanted = {"by": self.by.value, "period": self.period} | more
        return f"{at(name)}?{urlencode(wanted)}"


@dataclass(frozen=True, slots=True)
class Share:
    """One rate in one row: per cent, of how many, and the ways to the matters behind it."""

    label: Sentence
    per_cent: int | None
    of: int
    url: str
    bad: int | None
    bad_url: str
    bad_label: Sentence
    line: str
    told: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    name: Sentence
    tally: Tally
    url: str
    excluded_url: str
    shares: list[Share]


def asked(request: HttpRequest) -> Asked:
    """What was asked for; whatever is no choice becomes the first one."""
    by = request.GET.get("by", "")
    period = request.GET.get("period", "")
    months = rates.months_back(rates.KEPT_MONTHS)
    chosen = {f"{month:%Y-%m}": [month] for month in months} | {"12": months}
    period = period if period in chosen else "3"
    return Asked(By(by) if by in set(By) else By.TOWN, period, chosen.get(period, months[:3]))


@require_safe
@page(permit="loop.rates")
def table(request: HttpRequest) -> HttpResponse:
    """The table by township, line, category or post, with the signs that ask for a look."""
    return render(request, "loop/rates.html", _context(asked(request)))


def _context(wanted: Asked) -> dict[str, Any]:
    rows, whole = _rows(wanted)
    return {
        "asked": wanted,
        "tabs": [(by.value, BY[by], wanted.address(by=by.value)) for by in By],
        "periods": periods(wanted),
        "rows": rows,
        "whole": whole,
        "crowds": rates.crowds(),
        "hasty_url": behind(wanted, Of.HASTY),
        "waiting": len(exclusions.proposed(undecided=True).rows),
        "rules": rules(),
        "counted": counting.progress(),
        "csv_url": wanted.address("loop:rates_csv"),
    }


@require_safe
@page(permit="loop.rates")
def matters(request: HttpRequest) -> HttpResponse:
    """The matters behind one number, newest first."""
    wanted, named = asked(request), request.GET.get("of", "")
    of = Of(named) if named in set(Of) else Of.MATTERS
    key = request.GET.get("key", "")[:64]
    after = request.GET.get("after", "")
    found = rates.behind(of, wanted.by, key, wanted.months, after=after)
    context = {
        "title": OF[of],
        "name": names_of(wanted.by, [key], wanted.months)[key] if key else _("All"),
        "period": period_name(wanted.period),
        "back": wanted.address(),
        "rows": departures.rows(found.matters, current().posts),
        "older": found.following and behind(wanted, of, key, after=found.following),
    }
    return render(request, "loop/rates_matters.html", context)


@require_safe
@page(permit="loop.rates")
def as_csv(request: HttpRequest) -> HttpResponse:
    """The same table for a spreadsheet, none of whose cells it takes for a formula."""
    wanted = asked(request)
    rows, whole = _rows(wanted)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    name = f"rates-{wanted.by}-{wanted.period}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(response)
    writer.writerow([csv_safe(str(title)) for title in (BY[wanted.by], *COLUMNS.values())])
    for row in (*rows, whole):
        writer.writerow([csv_safe(str(row.name)), *(_number(row.tally, key) for key in COLUMNS)])
    return response


def _number(tally: Tally, column: str) -> int | str:
    value = getattr(tally, column)
    if column in RATES:
        return "" if value is None else round(value * 100, 1)
    number: int = value
    return number


def _rows(wanted: Asked) -> tuple[list[Row], Row]:
    """The lines of the table, most matters first, and the whole."""
    history = rates.months_back(rates.KEPT_MONTHS)
    sums = rates.sums(wanted.by, history)
    known = [month for month in reversed(history) if any(month in each for each in sums.values())]
    names = names_of(wanted.by, sums, history)
    found = [
        _row(wanted, names[key], key, by_month, known)
        for key, by_month in sums.items()
        if any(month in by_month for month in wanted.months)
    ]
    found.sort(key=lambda row: (-row.tally.matters, str(row.name)))
    whole = {
        month: total(each[month] for each in sums.values() if month in each) for month in known
    }
    return found, _row(wanted, _("All"), "", whole, known)


def _row(
    wanted: Asked, name: Sentence, key: str, by_month: Mapping[date, Tally], known: Sequence[date]
) -> Row:
    tally = total(by_month[month] for month in wanted.months if month in by_month)
    history = [by_month.get(month, Tally()) for month in known]
    sides = {
        "response": (Of.IN_TIME, Of.LATE, tally.answers - tally.in_time, tally.answers),
        "resolution": (Of.RESOLVED, Of.UNRESOLVED, tally.ended - tally.resolved, tally.ended),
        "satisfaction": (Of.RATED, Of.UNHAPPY, _unhappy(tally), tally.rated),
    }
    shares = []
    for rate, (good, bad, count, of) in sides.items():
        values = [getattr(month, rate) for month in history]
        shares.append(
            Share(
                label=RATES[rate],
                per_cent=per_cent(getattr(tally, rate)),
                of=of,
                url=behind(wanted, good, key),
                bad=count,
                bad_url=behind(wanted, bad, key),
                bad_label=OF[bad],
                line=drawn(values),
                told=_told(known, values),
            )
        )
    return Row(
        name, tally, behind(wanted, Of.MATTERS, key), behind(wanted, Of.EXCLUDED, key), shares
    )


def _unhappy(tally: Tally) -> int | None:
    """Not counted: zero where everybody was fully satisfied, else not known here."""
    return 0 if tally.satisfaction in {None, 1.0} else None


def _told(months: Sequence[date], values: Sequence[float | None]) -> str:
    """A line of development in words, for who cannot see it."""
    seen = zip(months, values, strict=True)
    return ", ".join(
        f"{month:%Y-%m}: {per_cent(value)} %" for month, value in seen if value is not None
    )


def behind(wanted: Asked, of: Of, key: str = "", **more: str) -> str:
    """The address of the matters behind one number."""
    return wanted.address("loop:rates_matters", of=of.value, key=key, **more)


def names_of(
    by: By, keys: Sequence[str] | Mapping[str, object], months: Sequence[date]
) -> dict[str, Sentence]:
    """What people call the rows; a key that is not known stays as it is."""
    match by:
        case By.TOWN:
            known: Mapping[str, Sentence] = labels(code_of(key) for key in keys)
            return {key: known.get(code_of(key), key) for key in keys}
        case By.LINE:
            return {key: LINES.get(key, key) for key in keys}
        case By.CATEGORY:
            return {key: CATEGORIES[key].label if key in CATEGORIES else key for key in keys}
        case By.POST:
            posts = rates.post_names(months)
            return {key: posts.get(key, key) for key in keys}


def periods(wanted: Asked) -> list[tuple[str, str, bool]]:
    """What can be chosen: value, words, whether it is chosen."""
    values = ["3", "12", *(f"{month:%Y-%m}" for month in rates.months_back(rates.KEPT_MONTHS))]
    return [(value, period_name(value), value == wanted.period) for value in values]


def period_name(value: str) -> str:
    """How a period is called."""
    return {"3": _("The last three months"), "12": _("The last twelve months")}.get(value, value)
