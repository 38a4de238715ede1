"""The drawing of the route map: where every stop and label goes, for a wide and a narrow sheet.

Pure geometry in SVG user units; the template draws it. On the wide sheet three lines run from the
left and join the ring road at the stop "received"; on the narrow one they come from above.
"""

from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians, sin

from django.utils.functional import Promise

from zhitong.shell.journey import LABELS, WAY
from zhitong.shell.routes import LINES, Line, stops_of

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Mark:
    """A dot with its label; ``anchor`` is the SVG text-anchor."""

    x: int
    y: int
    label: Words
    label_x: int
    label_y: int
    anchor: str = "middle"
    open: bool = True


@dataclass(frozen=True, slots=True)
class Track:
    """One bus line on the sheet: its path and its stops."""

    line: Line
    path: str
    head_x: int
    head_y: int
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything on one drawing."""

    tracks: tuple[Track, ...]
    ring: tuple[Mark, ...]
    arrows: tuple[str, ...]
    centre_x: int
    centre_y: int
    radius: int
    back: str


# Stops sit on the ring clockwise, beginning where the lines come in.
WIDE_ANGLES = (180, 252, 324, 36, 108)
NARROW_ANGLES = (270, 330, 30, 150, 210)


def wide() -> Sheet:
    """The sheet for a screen of 1056 px and more."""
    centre_x, centre_y, radius = 822, 220, 132
    tracks = tuple(
        Track(line, _wide_path(row, centre_x - radius), 24, 70 + row * 150, _wide_marks(line, row))
        for row, line in enumerate(LINES)
    )
    return Sheet(
        tracks,
        _ring(centre_x, centre_y, radius, WIDE_ANGLES, inside=(0,), hub=27),
        _arrows(centre_x, centre_y, radius, WIDE_ANGLES),
        centre_x,
        centre_y,
        radius,
        _arc(centre_x, centre_y, radius, WIDE_ANGLES[4], WIDE_ANGLES[0] + 360),
    )


def _wide_path(row: int, end: int) -> str:
    y, join = 70 + row * 150, 220 + (row - 1) * 12
    if row == 1:
        return f"M40 {y}H{end}"
    bend = abs(join - y)
    turn = 18 if join > y else -18
    return (
        f"M40 {y}H{end - bend - 58}q18 0 31 {turn * 0.72:.0f}"
        f"L{end - 43} {join - turn * 0.72:.0f}q13 {turn * 0.72:.0f} 31 {turn * 0.72:.0f}H{end}"
    )


def _wide_marks(line: Line, row: int) -> tuple[Mark, ...]:
    y = 70 + row * 150
    marks = []
    for place, stop in enumerate(stops_of(line)):
        x, above = 206 + place * 70, place % 2 == (1 if row == 2 else 0)
        marks.append(Mark(x, y, stop.plan.name, x, y - 22 if above else y + 36, open=stop.open))
    return tuple(marks)


def narrow() -> Sheet:
    """The sheet for a phone: 300 units wide, names of stops left to the lists below it."""
    centre_x, centre_y, radius = 150, 258, 98
    paths = (
        f"M50 40V76L138 132V{centre_y - radius}",
        f"M150 40V{centre_y - radius}",
        f"M250 40V76L162 132V{centre_y - radius}",
    )
    tracks = tuple(
        Track(line, path, x, 24) for line, path, x in zip(LINES, paths, (50, 150, 250), strict=True)
    )
    return Sheet(
        tracks,
        _ring(centre_x, centre_y, radius, NARROW_ANGLES, inside=(0, 1, 2, 3, 4), hub=32),
        _arrows(centre_x, centre_y, radius, NARROW_ANGLES),
        centre_x,
        centre_y,
        radius,
        _arc(centre_x, centre_y, radius, NARROW_ANGLES[4], NARROW_ANGLES[0]),
    )


def _point(x: int, y: int, radius: float, angle: float) -> tuple[int, int]:
    return round(x + radius * cos(radians(angle))), round(y + radius * sin(radians(angle)))


def _ring(
    x: int, y: int, radius: int, angles: tuple[int, ...], *, inside: tuple[int, ...], hub: int
) -> tuple[Mark, ...]:
    marks = []
    for place, (key, angle) in enumerate(zip(WAY, angles, strict=True)):
        dot_x, dot_y = _point(x, y, radius, angle)
        away = -hub if place == 0 else -23 if place in inside else 26
        label_x, label_y = _point(x, y, radius + away, angle)
        toward = cos(radians(angle)) * (-1 if place in inside else 1)
        anchor = "start" if toward > 0.25 else "end" if toward < -0.25 else "middle"
        marks.append(Mark(dot_x, dot_y, LABELS[key], label_x, label_y + 6, anchor))
    return tuple(marks)


def _arrows(x: int, y: int, radius: int, angles: tuple[int, ...]) -> tuple[str, ...]:
    """Chevrons half-way between the stops, pointing clockwise."""
    chevrons = []
    for start, end in pairwise(angles):
        middle = start + (end - start) % 360 / 2
        tip_x, tip_y = _point(x, y, radius, middle)
        chevrons.append(f"translate({tip_x} {tip_y}) rotate({(middle + 90) % 360:.0f})")
    return tuple(chevrons)


def _arc(x: int, y: int, radius: int, start: int, end: int) -> str:
    from_x, from_y = _point(x, y, radius, start)
    to_x, to_y = _point(x, y, radius, end)
    return f"M{from_x} {from_y}A{radius} {radius} 0 0 1 {to_x} {to_y}"
