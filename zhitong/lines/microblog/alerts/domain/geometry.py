"""Whether what is drawn on a map encloses something. Reckoned as on a plane, in degrees."""

from collections.abc import Sequence
from itertools import combinations, pairwise

from zhitong.lines.microblog.alerts.domain.alert import Circle, Point

FEWEST_POINTS = 4
"""CAP 1.2 §3.2.4: at least four pairs, the last the same as the first."""
WIDEST_KM = 20_038
"""Half-way round the earth: a circle cannot be wider."""
Side = tuple[Point, Point]


def on_earth(point: Point) -> bool:
    """Whether there is such a place."""
    return abs(point.latitude) <= 90 and abs(point.longitude) <= 180


def is_closed(points: Sequence[Point]) -> bool:
    """Whether the line comes back to where it began, and has enough corners."""
    return len(points) >= FEWEST_POINTS and points[0] == points[-1]


def crosses_itself(points: Sequence[Point]) -> bool:
    """Whether two sides of a closed line touch anywhere but at the corner they share.

    Compares all pairs: a polygon that people draw has tens of corners.
    """
    sides = [side for side in pairwise(points) if side[0] != side[1]]
    if len(sides) < FEWEST_POINTS - 1:
        return True
    last = len(sides) - 1
    for (m, one), (n, other) in combinations(enumerate(sides), 2):
        if n - m == 1:
            if _folds_back(one, other):
                return True
        elif (m, n) == (0, last):
            if _folds_back(other, one):
                return True
        elif _meet(one, other):
            return True
    return False


def is_circle(circle: Circle) -> bool:
    """Whether it encloses something."""
    return on_earth(circle.centre) and 0 < circle.radius_km <= WIDEST_KM


def _turn(a: Point, b: Point, c: Point) -> float:
    """Above 0 when a to b to c turns left, below when right, 0 when they lie on a line."""
    east, north = b.longitude - a.longitude, b.latitude - a.latitude
    return east * (c.latitude - a.latitude) - north * (c.longitude - a.longitude)


def _within(a: Point, b: Point, c: Point) -> bool:
    """Whether c, known to be on the line through a and b, lies between them."""
    return min(a.latitude, b.latitude) <= c.latitude <= max(a.latitude, b.latitude) and min(
        a.longitude, b.longitude
    ) <= c.longitude <= max(a.longitude, b.longitude)


def _folds_back(before: Side, after: Side) -> bool:
    """Whether a side runs back along the one before it."""
    (a, b), (_, c) = before, after
    if _turn(a, b, c) != 0:
        return False
    return _within(a, b, c) or _within(b, c, a)


def _meet(one: Side, other: Side) -> bool:
    (a, b), (c, d) = one, other
    turns = _turn(a, b, c), _turn(a, b, d), _turn(c, d, a), _turn(c, d, b)
    if turns[0] * turns[1] < 0 and turns[2] * turns[3] < 0:
        return True
    touching = ((a, b, c), (a, b, d), (c, d, a), (c, d, b))
    return any(turn == 0 and _within(*three) for turn, three in zip(turns, touching, strict=True))
