"""Telling what happened where stored rows and the expected order of leaves differ.

Pure functions: rows and hashes in, problems out.
"""

from collections.abc import Iterator
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

    def is_entry(self, leaf: bytes) -> bool:
        """Whether this row is the entry with that leaf, perhaps with one of the two damaged."""
        return bool(leaf) and leaf in {self.made, self.leaf}

    def fits(self, leaf: bytes) -> bool:
        """Whether it is that entry, intact or duly emptied."""
        return self.leaf == leaf and (self.made == leaf or self.erased)


@dataclass(slots=True)
class Zone:
    """Neighbouring positions from ``start`` on: what belongs there and what stands there."""

    start: int
    expected: list[bytes] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


class Aligner:
    """Walks through damaged zones; an entry that moved is found again in any of them."""

    def __init__(self, zones: list[Zone]) -> None:
        self._zones = zones
        self._places = {
            leaf: place
            for zone in zones
            for place, leaf in enumerate(zone.expected, zone.start)
            if leaf
        }
        self._stored = {
            leaf for zone in zones for row in zone.rows for leaf in (row.made, row.leaf) if leaf
        }
        self._shift = 0

    def problems(self) -> Iterator[Problem]:
        """What is wrong, in the order of the log."""
        for zone in self._zones:
            self._shift = 0
            yield from self._walk(zone)

    def _walk(self, zone: Zone) -> Iterator[Problem]:
        wanted, stored = 0, 0
        while wanted < len(zone.expected) or stored < len(zone.rows):
            leaf = zone.expected[wanted] if wanted < len(zone.expected) else None
            row = zone.rows[stored] if stored < len(zone.rows) else None
            later = zone.expected[wanted + 1 : wanted + 2]
            following = zone.rows[stored + 1 : stored + 2]
            place = zone.start + wanted
            go_wanted, go_stored, found = self._step(place, leaf, row, later, following)
            wanted, stored = wanted + go_wanted, stored + go_stored
            yield from found

    def _step(
        self, place: int, leaf: bytes | None, row: Row | None, later: list[bytes], rows: list[Row]
    ) -> tuple[int, int, list[Problem]]:
        """How far to go in the expected leaves and in the rows, and what that tells."""
        if row is not None and leaf is not None and row.is_entry(leaf):
            return 1, 1, self._matched(place, leaf, row)
        if row is None:
            return 1, 0, self._missing(place, leaf or b"")
        if leaf is None:
            return 0, 1, self._surplus(row)
        return self._differ(place, leaf, row, later, rows)

    def _differ(
        self, place: int, leaf: bytes, row: Row, later: list[bytes], rows: list[Row]
    ) -> tuple[int, int, list[Problem]]:
        gone, foreign = leaf not in self._stored, self._home(row) is None
        if gone and foreign:
            if row.seq in {place, place + self._shift}:
                return 1, 1, [Problem(Kind.CHANGED, place, row.id)]
            if row.seq > place:
                return 1, 0, self._missing(place, leaf)
            return 0, 1, self._surplus(row)
        if foreign:
            return 0, 1, self._surplus(row)
        if gone:
            return 1, 0, self._missing(place, leaf)
        if later and row.is_entry(later[0]):
            return 1, 0, []
        if rows and rows[0].is_entry(leaf):
            return 0, 1, self._surplus(row)
        return 1, 1, self._surplus(row)

    def _matched(self, place: int, leaf: bytes, row: Row) -> list[Problem]:
        found = []
        if row.made != leaf and not (row.erased and row.leaf == leaf):
            found.append(Problem(Kind.CHANGED, place, row.id))
        elif row.leaf != leaf:
            found.append(Problem(Kind.LEAF, place, row.id))
        if row.seq not in {place, place + self._shift}:
            found += self._surplus(row)
        return found

    def _missing(self, place: int, leaf: bytes) -> list[Problem]:
        if leaf in self._stored:
            return []
        self._shift -= 1
        return [Problem(Kind.DROPPED, place, until=place + 1)]

    def _surplus(self, row: Row) -> list[Problem]:
        home = self._home(row)
        if home is None:
            self._shift += 1
            return [Problem(Kind.INSERTED, row.seq, row.id)]
        return [Problem(Kind.MOVED, row.seq, row.id, detail=str(home))]

    def _home(self, row: Row) -> int | None:
        return self._places.get(row.leaf, self._places.get(row.made))
