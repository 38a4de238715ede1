"""Finding places by what people type: a Chinese part of the name, pinyin, initials or code.

Every question is a short range scan of an index that stops at the limit, one per level of
administration from the top, so that it costs the same for one county and for the country.
"""

from collections.abc import Iterator

from zhitong.kernel.areas.codes import DIGITS, LENGTHS, Level, level_of, ranges_below
from zhitong.kernel.areas.models import Area
from zhitong.kernel.areas.pinyin import typed
from zhitong.kernel.search.domain import IS_HAN
from zhitong.kernel.search.queries import lowest

MOST = 20
"""Places that a search returns at most."""

LAST = "\U0010ffff"
Range = tuple[int, int]


def search(text: str, *, within: str = "", limit: int = MOST) -> list[Area]:
    """Places in use that hold the Chinese text, or whose pinyin, initials or code begin so.

    Higher levels come first. ``within`` is the code of an area to stay inside. At most ``limit``
    (up to MOST) places; nothing to search finds nothing.
    """
    limit = min(limit, MOST)
    if IS_HAN.search(text):
        return _by_name(text, within, limit)
    prefix = typed(text)
    if not prefix:
        return []
    if prefix.isdigit():
        return _by_code(prefix, within, limit)
    found = {area.number: area for area in _by_spelling("pinyin", prefix, within, limit)}
    if len(found) < limit:
        more = _by_spelling("initials", prefix, within, limit)
        found |= {area.number: area for area in more if area.number not in found}
    return list(found.values())[:limit]


def _levels(within: str) -> Iterator[tuple[Level, Range]]:
    """Every level at and below an area ('' = the country), with its range of numbers."""
    if not within:
        for level, digits in DIGITS.items():
            yield level, (10 ** (digits - 1), 10**digits - 1)
        return
    lengths = LENGTHS[LENGTHS.index(len(within)) :]
    for length, numbers in zip(lengths, ranges_below(within), strict=True):
        yield level_of("1" * length), numbers


def _by_name(text: str, within: str, limit: int) -> list[Area]:
    found: list[int] = []
    for _level, numbers in _levels(within):
        if len(found) < limit:
            found += lowest(Area, text, within=numbers, limit=limit - len(found))
    return list(Area.objects.filter(number__in=found).order_by("number"))


def _by_code(prefix: str, within: str, limit: int) -> list[Area]:
    found: list[Area] = []
    for level, (low, high) in _levels(within):
        missing = DIGITS[level] - len(prefix)
        if missing < 0 or len(found) >= limit:
            continue
        first = int(prefix) * 10**missing
        numbers = (max(low, first), min(high, first + 10**missing - 1))
        places = Area.objects.filter(number__range=numbers, retired_at=None)
        found += places.order_by("number")[: limit - len(found)]
    return found


def _by_spelling(column: str, prefix: str, within: str, limit: int) -> list[Area]:
    """Retired places have no spelling, so they are never found."""
    spelling = {f"{column}__gte": prefix, f"{column}__lt": prefix + LAST}
    found: list[Area] = []
    for level, numbers in _levels(within):
        if len(found) < limit:
            places = Area.objects.filter(level=level.value, **spelling)
            if within:
                places = places.filter(number__range=numbers)
            found += places.order_by(column, "number")[: limit - len(found)]
    return found
