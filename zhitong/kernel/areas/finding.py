"""Finding places by what people type: a Chinese part of the name, pinyin, initials or code.

Every question is a few short range scans of an index that stop at the limit, one per level of
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

EVERY = (0, 10**12)
LAST = "\U0010ffff"
COLUMNS = ", ".join(str(field.column) for field in Area._meta.concrete_fields)
SCAN = """SELECT * FROM (
    SELECT {rank} AS rank, {column} AS spelling, {columns} FROM areas_area
    WHERE level = '{level}' AND {column} >= %(first)s AND {column} < %(last)s{numbers}
    ORDER BY {column}, number LIMIT {limit}
) AS scan{rank}"""
NUMBERS = " AND number BETWEEN {} AND {}"
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
    return _by_spelling(prefix, within, limit)


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
    for numbers in ranges_below(within) if within else (EVERY,):
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


def _by_spelling(prefix: str, within: str, limit: int) -> list[Area]:
    """Those whose pinyin begins so, then those whose initials do; retired ones have neither.

    One statement for all scans, rows and all: the ORM can neither limit the parts of a union on
    SQLite nor build ten queries in the time that they take to run. In the whole country a
    level's range of numbers says no more than the level, and would lead PostgreSQL to read all
    counties by number. An area is found twice at most, so twice the limit is enough.
    """
    parts = {"columns": COLUMNS, "limit": int(limit)}
    scans: list[str] = []
    for column in ("pinyin", "initials"):
        for level, numbers in _levels(within):
            narrowed = NUMBERS.format(*numbers) if within else ""
            scans.append(
                SCAN.format(rank=len(scans), column=column, level=level, numbers=narrowed, **parts)
            )
    sql = f"{' UNION ALL '.join(scans)} ORDER BY 1, 2, 3 LIMIT {2 * int(limit)}"
    found = Area.objects.raw(sql, {"first": prefix, "last": prefix + LAST})
    return list(dict.fromkeys(found))[:limit]
