"""What the public may read of several tables about the same matters, small numbers hidden.

The tables are by township and by line, and below each line its categories; all add up to the same
whole. A number hidden in one table must not come out by way of another.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from zhitong.loop.domain.hiding import LEAST, hide
from zhitong.loop.domain.rates import Tally, per_cent, total

OPEN = (
    ("matters", ""),
    ("excluded", ""),
    ("answers", "response"),
    ("ended", "resolution"),
    ("rated", "satisfaction"),
)
"""Columns that are counts, each with the share that is shown beside it."""
Line = dict[str, int | None]


@dataclass(frozen=True, slots=True)
class Opened:
    """The tables as everybody may read them; None is hidden."""

    towns: list[Line]
    lines: list[Line]
    categories: list[list[Line]]
    whole: Line


@dataclass(frozen=True, slots=True)
class _Hidden:
    """Places that are hidden in one column."""

    towns: Collection[int]
    lines: Collection[int]
    categories: Sequence[Collection[int]]
    whole: bool


def opened(towns: Sequence[Tally], lines: Sequence[Sequence[Tally]]) -> Opened:
    """The tables of townships, and of lines with their categories, small numbers hidden.

    What is hidden in the column of matters is hidden in all: the columns are nearly equal.
    """
    sums = [total(categories) for categories in lines]
    shown = Opened(
        [{} for _ in towns], [{} for _ in lines], [[{} for _ in each] for each in lines], {}
    )
    also: _Hidden | None = None
    for counted, share in OPEN:
        hidden = _hidden(
            [getattr(tally, counted) for tally in towns],
            [[getattr(tally, counted) for tally in each] for each in lines],
            also,
        )
        if counted == "matters":
            also = hidden
        names = (counted, share)
        _put(shown.towns, towns, names, hidden.towns)
        _put(shown.lines, sums, names, hidden.lines)
        for place, each in enumerate(lines):
            _put(shown.categories[place], each, names, hidden.categories[place])
        _put([shown.whole], [total(towns)], names, {0} if hidden.whole else ())
    return shown


def _hidden(towns: Sequence[int], lines: Sequence[Sequence[int]], also: _Hidden | None) -> _Hidden:
    """What to hide of one column, from the categories up."""
    below = [
        hide(each, also=also.categories[place] if also else ()) for place, each in enumerate(lines)
    ]
    given_away = {place for place, each in enumerate(below) if each.total}
    above = hide([sum(each) for each in lines], also={*given_away, *(also.lines if also else ())})
    beside = hide(towns, also=also.towns if also else ())
    whole = above.total or beside.total or bool(also and also.whole)
    if whole:
        return _Hidden(
            range(len(towns)), range(len(lines)), [range(len(each)) for each in lines], whole=True
        )
    categories = [
        range(len(lines[place])) if place in above.places else each.places
        for place, each in enumerate(below)
    ]
    return _Hidden(beside.places, above.places, categories, whole=False)


def _put(
    shown: Sequence[Line], tallies: Sequence[Tally], names: tuple[str, str], hidden: Collection[int]
) -> None:
    counted, share = names
    for place, (line, tally) in enumerate(zip(shown, tallies, strict=True)):
        seen = place not in hidden
        line[counted] = getattr(tally, counted) if seen else None
        if share:
            line[share] = per_cent(getattr(tally, share)) if seen else None


def open_course(course: Sequence[Tally], counted: str, share: str) -> list[float | None]:
    """A share month by month, gaps where it would rest on a small number."""
    return [getattr(tally, share) if getattr(tally, counted) >= LEAST else None for tally in course]
