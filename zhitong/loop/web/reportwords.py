"""A report's numbers as its page and its paper show them, for inside and for everybody."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from zhitong.kernel.areas.codes import code_of, path_of
from zhitong.kernel.areas.queries import label, labels
from zhitong.kernel.errors import Sentence
from zhitong.loop.categories import CATEGORIES
from zhitong.loop.domain.hiding import LEAST
from zhitong.loop.domain.open_numbers import OPEN, Line, Opened, open_course, opened
from zhitong.loop.domain.rates import Tally, per_cent, total
from zhitong.loop.domain.reporting import Numbers, signature
from zhitong.loop.models import Report
from zhitong.loop.queries import reporting
from zhitong.loop.queries.rates import line_of
from zhitong.loop.schemes import counting
from zhitong.loop.web.lines import drawn
from zhitong.loop.web.ratewords import LINES, RATES

INTERNAL, PUBLIC = "internal", "public"
COUNTED = {share: counted for counted, share in OPEN if share}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: None is hidden."""

    name: Sentence
    line: Line
    course: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what its lines are, and the lines."""

    title: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Share:
    """One of the three rates over twelve months."""

    label: Sentence
    per_cent: int | None
    course: str
    told: str


def editions_of(row: Report) -> tuple[str, ...]:
    """A report may be given to everybody when it is the county's, as of the day of publishing.

    Any other would differ from that one by a few matters, and so give them away.
    """
    published = reporting.end_of(reporting.settled(row.month))
    everybody = row.path == path_of(settings.COUNTY) and row.as_of == published
    return (INTERNAL, PUBLIC) if everybody else (INTERNAL,)


def told(row: Report, edition: str) -> dict[str, Any]:
    """What the page shows of a report that is made."""
    numbers = Numbers.read(row.numbers)
    months = numbers.months()
    course = numbers.course(months)
    parts = _parts(numbers)
    if edition == PUBLIC:
        shown = _shown(parts)
        tables, whole = _public(parts, shown), shown.whole
        signed = signature(public_text(numbers, parts, shown))
    else:
        tables, whole = _internal(numbers, months, parts)
        signed = row.signature
    return {
        "edition": edition,
        "public": edition == PUBLIC,
        "signed": signed,
        "whole": whole,
        "tables": tables,
        "shares": [_share(name, months, course, edition) for name in RATES],
        "months": months,
        "area": label(code_of(row.path)),
        "last_day": row.last_day,
        "least": LEAST,
        "schemes": [scheme.version for scheme in counting().schemes],
    }


@dataclass(frozen=True, slots=True)
class _Parts:
    """The sums of the month: by township, and by category below each line, in order, with names."""

    towns: Sequence[tuple[str, Tally]]
    lines: Sequence[tuple[str, Sequence[tuple[str, Tally]]]]
    names: Mapping[str, Sentence]


def _parts(numbers: Numbers) -> _Parts:
    towns = numbers.by(lambda cell: cell.town)
    categories = numbers.by(lambda cell: cell.category)
    below: dict[str, list[tuple[str, Tally]]] = {}
    for key, tally in sorted(categories.items(), key=lambda one: (-one[1].matters, one[0])):
        below.setdefault(line_of(key), []).append((key, tally))
    known = labels(code_of(town) for town in towns)
    names: dict[str, Sentence] = {town: known[code_of(town)] for town in towns}
    names |= {key: CATEGORIES[key].label if key in CATEGORIES else key for key in categories}
    names |= {line: LINES.get(line, line) for line in below}
    return _Parts(sorted(towns.items()), sorted(below.items()), names)


def _internal(numbers: Numbers, months: Sequence[str], parts: _Parts) -> tuple[list[Table], Line]:
    """Everything, with a line of matters for each township."""
    by_month: dict[str, dict[str, int]] = {}
    for cell, tally in numbers.cells.items():
        counts = by_month.setdefault(cell.town, {})
        counts[cell.month] = counts.get(cell.month, 0) + tally.matters
    most = max((count for each in by_month.values() for count in each.values()), default=1)
    towns = [
        Row(
            parts.names[town],
            _line(tally),
            drawn([by_month[town].get(month, 0) / most for month in months]),
        )
        for town, tally in parts.towns
    ]
    lines = [
        Row(parts.names[line], _line(total(tally for _key, tally in each)))
        for line, each in parts.lines
    ]
    categories = [
        Row(parts.names[key], _line(tally)) for _name, each in parts.lines for key, tally in each
    ]
    whole = _line(total(tally for _town, tally in parts.towns))
    return _tables(towns, lines, categories), whole


def _line(tally: Tally) -> Line:
    line: Line = {counted: getattr(tally, counted) for counted, _share in OPEN}
    line |= {share: per_cent(getattr(tally, share)) for share in COUNTED}
    return line | {"returned": tally.returned, "reopened": tally.reopened, "hasty": tally.hasty}


def _shown(parts: _Parts) -> Opened:
    return opened(
        [tally for _town, tally in parts.towns],
        [[tally for _key, tally in each] for _line_, each in parts.lines],
    )


def public_text(numbers: Numbers, parts: _Parts, shown: Opened) -> str:
    """What the signature of the public edition is over: its own numbers only.

    A digest over what is hidden would tell whoever guesses that the guess was right.
    """
    told = {
        "path": numbers.path,
        "month": numbers.month,
        "as_of": numbers.as_of,
        "towns": [[key, line] for (key, _), line in zip(parts.towns, shown.towns, strict=True)],
        "lines": [[key, line] for (key, _), line in zip(parts.lines, shown.lines, strict=True)],
        "categories": shown.categories,
        "whole": shown.whole,
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _public(parts: _Parts, shown: Opened) -> list[Table]:
    """The same tables with small numbers hidden."""
    towns = [
        Row(parts.names[town], line)
        for (town, _tally), line in zip(parts.towns, shown.towns, strict=True)
    ]
    lines = [
        Row(parts.names[name], line)
        for (name, _each), line in zip(parts.lines, shown.lines, strict=True)
    ]
    categories = [
        Row(parts.names[key], line)
        for (_name, each), below in zip(parts.lines, shown.categories, strict=True)
        for (key, _tally), line in zip(each, below, strict=True)
    ]
    return _tables(towns, lines, categories)


def _tables(towns: list[Row], lines: list[Row], categories: list[Row]) -> list[Table]:
    return [Table("town", towns), Table("line", lines), Table("category", categories)]


def _share(name: str, months: Sequence[str], course: Sequence[Tally], edition: str) -> Share:
    """One rate; its line in words too, for who cannot see it."""
    values = (
        open_course(course, COUNTED[name], name)
        if edition == PUBLIC
        else [getattr(tally, name) for tally in course]
    )
    seen = zip(months, values, strict=True)
    words = ", ".join(f"{month}: {per_cent(value)} %" for month, value in seen if value is not None)
    return Share(RATES[name], per_cent(values[-1]), drawn(values), words)
