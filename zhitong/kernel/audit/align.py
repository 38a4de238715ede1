"""Telling what happened where stored rows and the expected order of leaves differ.

Pure functions: rows and hashes in, problems out.
"""

from bisect import bisect_left
from dataclasses import dataclass, field

from zhitong.kernel.audit.report import Kind, Problem


@dataclass(frozen=True, slots=True)
class Row:
    """A stored entry: ``made`` is the leaf recomputed from its content, b'' when erased."""

    seq: int
    id: str
    made: bytes
    leaf: bytes
    seal: bytes = b""
    erased: bool = False

    def fits(self, leaf: bytes) -> bool:
        """Whether it is that entry, intact or duly emptied."""
        return self.leaf == leaf and (self.made == leaf or self.erased)


@dataclass(slots=True)
class Zone:
    """Neighbouring positions from ``start`` on: what belongs there and what stands there."""

    start: int
    expected: list[bytes] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


def compare(zones: list[Zone]) -> list[Problem]:
    """What is wrong in the damaged zones, in the order of the log.

    An entry that moved is found again in any of the zones. Entries that merely moved up behind
    a missing one, or down behind a forged one, are not reported.
    """
    places = {
        leaf: place
        for zone in zones
        for place, leaf in enumerate(zone.expected, zone.start)
        if leaf
    }
    rows = [row for zone in zones for row in zone.rows]
    homes = [places.get(row.leaf, places.get(row.made)) for row in rows]
    everywhere = {zone.start + offset for zone in zones for offset in range(len(zone.expected))}
    missing = everywhere - set(homes)
    changed = _changed(rows, homes, missing)
    gone = sorted(missing - set(changed.values()))
    found = [Problem(Kind.DROPPED, place, until=place + 1) for place in gone]
    forged = 0
    leaves = {place: leaf for leaf, place in places.items()}
    for index, (row, home) in enumerate(zip(rows, homes, strict=True)):
        if index in changed:
            found.append(Problem(Kind.CHANGED, changed[index], row.id))
        elif home is None:
            forged += 1
            found.append(Problem(Kind.INSERTED, row.seq, row.id))
        else:
            found += _at_home(row, home, leaves[home], forged - bisect_left(gone, home))
    return sorted(found, key=lambda problem: problem.seq or 0)


def _changed(rows: list[Row], homes: list[int | None], missing: set[int]) -> dict[int, int]:
    """Unknown rows that stand where an entry is missing: the index of each, and the place."""
    found: dict[int, int] = {}
    free, follows = set(missing), 0
    for index, (row, home) in enumerate(zip(rows, homes, strict=True)):
        place = home
        if home is None:
            place = next((one for one in (row.seq, follows) if one in free), None)
            if place is not None:
                found[index] = place
                free.remove(place)
        follows = follows if place is None else place + 1
    return found


def _at_home(row: Row, home: int, leaf: bytes, shift: int) -> list[Problem]:
    """A known entry: damaged, or in the wrong place, or neither."""
    found = []
    if not row.fits(leaf):
        kind = Kind.CHANGED if row.made != leaf else Kind.LEAF
        found.append(Problem(kind, home, row.id))
    if row.seq not in {home, home + shift}:
        found.append(Problem(Kind.MOVED, row.seq, row.id, detail=str(home)))
    return found
