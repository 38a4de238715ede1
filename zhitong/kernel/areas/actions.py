"""Loading the areas: all of a table or nothing of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.areas import domain
from zhitong.kernel.areas.codes import level_of, parent_of, path_of
from zhitong.kernel.areas.files import are_whole
from zhitong.kernel.areas.models import Area
from zhitong.kernel.areas.pinyin import spelled
from zhitong.kernel.areas.queries import inside
from zhitong.kernel.areas.refusals import BadTable
from zhitong.kernel.areas.upsert import Record, upsert
from zhitong.kernel.clock import now
from zhitong.kernel.permits import permit
from zhitong.kernel.search.domain import tokens
from zhitong.kernel.search.queries import settle

LOOK = permit("areas.look", _("Look places up"))
BATCH = 5000
T = TypeVar("T")
Stored = tuple[str, str, datetime | None]
"""Name, pinyin, and when it was retired."""
Progress = Callable[[int, int], object]
"""Called with the rows done and the rows in all."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, in numbers of areas."""

    rows: int
    created: int
    changed: int
    returned: int
    retired: int


def silent(done: int, total: int) -> None:
    """Nobody is watching."""


@action("areas.import", describe=_("Load or renew the table of areas"))
def import_areas(*, files: Mapping[str, bytes], progress: Progress = silent) -> Imported:
    """Bring the areas in line with the tables: file name to content, see ``files.load``.

    What the tables leave out below the areas they describe is retired, never deleted; a
    retired code that is in the tables returns. Importing the same again changes nothing.
    Raises BadTable, with a sentence per line, and then changes nothing at all.
    """
    sheet = domain.read(files)
    problems = sheet.problems or domain.orphans(sheet.rows, _known_parents(sheet))
    if problems:
        raise BadTable(problems)
    codes = sorted(sheet.rows, key=int)
    counts = {"created": 0, "changed": 0, "returned": 0}
    first = not Area.objects.exists()
    for done, batch in _batches(codes):
        records = [_record(sheet.rows[code]) for code in batch]
        _renew(records, {} if first else _stored(records), counts)
        progress(done, len(codes))
    roots = domain.roots(sheet.rows, whole=are_whole(set(files)))
    done_to = Imported(
        rows=len(codes), **counts, retired=sum(_retire(root, sheet.rows) for root in roots)
    )
    changes = {name: getattr(done_to, name) for name in Imported.__slots__}
    if any(changes[name] for name in changes if name != "rows"):
        settle(Area)
    acted_on(f"areas.Area:{roots[0]}", path=path_of(roots[0]), roots=len(roots), **changes)
    return done_to


def _known_parents(sheet: domain.Sheet) -> set[str]:
    wanted = {parent_of(code) for code in domain.tops(sheet.rows)} - {""}
    active = Area.objects.filter(retired_at=None)
    found: set[str] = set()
    for _done, batch in _batches(sorted(wanted)):
        found.update(active.filter(code__in=batch).values_list("code", flat=True))
    return found


def _record(row: domain.Row) -> Record:
    code, name = row.code, row.name
    return int(code), code, name, level_of(code).value, path_of(code), *spelled(name), tokens(name)


def _stored(records: list[Record]) -> dict[int, Stored]:
    known = Area.objects.filter(number__in=[record[0] for record in records])
    columns = ("number", "name", "pinyin", "retired_at")
    return {number: tuple(rest) for number, *rest in known.values_list(*columns)}


def _renew(records: list[Record], stored: dict[int, Stored], counts: dict[str, int]) -> None:
    """Write those that are new or differ from what is stored, and count them."""
    wanted = []
    for record in records:
        number, name, pinyin = record[0], record[2], record[5]
        was, sounded, retired_at = stored.get(number, ("", "", None))
        if (was, sounded, retired_at) == (name, pinyin, None):
            continue
        counts["returned" if retired_at else "changed" if was else "created"] += 1
        wanted.append(record)
    upsert(wanted)


def _retire(root: str, rows: Mapping[str, domain.Row]) -> int:
    """Take out of use, and out of search, what is below the root but not in the table."""
    active = inside(root).filter(retired_at=None).values_list("number", flat=True)
    gone = [number for number in active.iterator() if str(number) not in rows]
    for _done, batch in _batches(gone):
        Area.objects.filter(number__in=batch).update(
            retired_at=now(), pinyin="", initials="", tokens=""
        )
    return len(gone)


def _batches(items: list[T]) -> Iterator[tuple[int, list[T]]]:
    """Slices of BATCH items, each with the number of items up to its end."""
    for start in range(0, len(items), BATCH):
        batch = items[start : start + BATCH]
        yield start + len(batch), batch
