"""The tree as verification regrows it: held against stored nodes and every known root."""

from zhitong.kernel.audit import merkle
from zhitong.kernel.audit.align import Row
from zhitong.kernel.audit.judge import Judged
from zhitong.kernel.audit.models import AuditHead, AuditTile
from zhitong.kernel.audit.record import LEAF_BYTES
from zhitong.kernel.audit.report import Kind, Problem, Report
from zhitong.kernel.audit.tiles import HEIGHT, WIDTH, cut, row
from zhitong.kernel.audit.trust import Trust

LEVELS = 8
"""Tile levels that positions of 63 bits can need."""


class Growth:
    """Takes the leaves tile by tile. Open questions are settled by the next root that is known."""

    def __init__(self, report: Report, known: Trust) -> None:
        self._report = report
        self._size = known.size
        self._roots = known.roots[::-1]
        self._frontier = merkle.Frontier()
        self._rest: list[bytes] = []
        self._uppers: list[bytes] = []
        self._stored: tuple[int, list[bytes]] = (-1, [])
        self._doubtful: list[Row] = []
        self._changed: set[int] = set()
        self._odd: list[int] = []
        self._trusted = 0
        self._tainted = False

    def add(self, judged: Judged) -> None:
        """The next tile of leaves."""
        self._doubtful += judged.doubtful
        self._tainted = self._tainted or b"" in judged.leaves
        whole = len(judged.wrong) == len(judged.leaves)
        for seq in judged.wrong[: 1 if whole else None]:
            self._wrong_tile(0, seq // WIDTH, None if whole else seq % WIDTH)
        last = judged.first + len(judged.leaves)
        while self._roots and self._roots[-1][0] <= last:
            size, root = self._roots.pop()
            grown = self._frontier.root(judged.leaves[: max(0, size - judged.first)])
            self._settle(size, sound=grown == root)
        if len(judged.leaves) == WIDTH:
            self._rise(judged)
        else:
            self._rest = judged.leaves

    def finish(self) -> None:
        """Nothing more will come: settle the rest and look at the levels above."""
        self._release(self._size, sound=False)
        level, hashes = 2, _grouped(self._uppers)
        while hashes:
            for start in range(0, len(hashes), WIDTH):
                self._compare(level, start // WIDTH, hashes[start : start + WIDTH])
            level, hashes = level + 1, _grouped(hashes)
        self._check_surplus()
        self._report.root = self._frontier.root(self._rest).hex()

    def _settle(self, size: int, *, sound: bool) -> None:
        """A known root decides what a seal or a tile alone could not."""
        explained = any(one.seq < size for one in self._doubtful)
        self._release(size, sound=sound)
        if sound:
            self._trusted, self._tainted = size, False
        elif not explained and not self._tainted:
            self._report.add(Problem(Kind.REPLACED, self._trusted, until=size))
        self._tainted = not sound

    def _release(self, size: int, *, sound: bool) -> None:
        for one in self._doubtful:
            if one.seq < size:
                self._report.add(Problem(Kind.SEAL if sound else Kind.CHANGED, one.seq, one.id))
                self._changed |= set() if sound else {one.seq}
        self._doubtful = [one for one in self._doubtful if one.seq >= size]
        for number in self._odd:
            if (number + 1) * WIDTH <= size:
                missing = not self._upper(number)
                self._wrong_tile(1, number // WIDTH, None if missing else number % WIDTH)
        self._odd = [number for number in self._odd if (number + 1) * WIDTH > size]

    def _rise(self, judged: Judged) -> None:
        """A complete tile: its root goes up, or the stored one where the leaves are in doubt."""
        number = judged.first // WIDTH
        root = merkle.root(judged.leaves)
        stored = self._upper(number)
        if stored != root:
            last = judged.first + WIDTH
            doubt = any(one.seq >= judged.first for one in self._doubtful)
            known = any(judged.first <= seq < last for seq in self._changed)
            if stored and (doubt or known or b"" in judged.leaves):
                self._release(last, sound=False)
                self._tainted, root = False, stored
            else:
                self._odd.append(number)
        self._uppers.append(root)
        self._frontier.append(root, HEIGHT)

    def _upper(self, number: int) -> bytes:
        """The stored hash over a tile, b'' when it is missing."""
        tile, place = divmod(number, WIDTH)
        if self._stored[0] != tile:
            self._stored = (tile, cut(row(1, tile)))
        return b"".join(self._stored[1][place : place + 1])

    def _compare(self, level: int, number: int, hashes: list[bytes]) -> None:
        stored = cut(row(level, number))
        if not stored:
            self._wrong_tile(level, number, None)
            return
        stored += [b""] * (len(hashes) - len(stored))
        for place, (here, right) in enumerate(zip(stored, hashes, strict=False)):
            if here != right:
                self._wrong_tile(level, number, place)

    def _wrong_tile(self, level: int, number: int, place: int | None) -> None:
        seq = (number * WIDTH + (place or 0)) << HEIGHT * level
        where = f"{level}/{number}" if place is None else f"{level}/{number}/{place}"
        self._report.add(Problem(Kind.TILE, seq, detail=where))

    def _check_surplus(self) -> None:
        """Tiles beyond the size, unless the log has grown meanwhile."""
        surplus = AuditTile.objects.filter(level__gte=LEVELS)
        for level in range(LEVELS):
            behind = self._size >> HEIGHT * (level + 1)
            surplus |= AuditTile.objects.filter(level=level, number__gte=behind)
        found = [tile for tile in surplus if self._is_surplus(tile)]
        head = AuditHead.objects.first()
        if head and head.size == self._size:
            for tile in found:
                self._wrong_tile(tile.level, tile.number, None)

    def _is_surplus(self, tile: AuditTile) -> bool:
        number, inside = divmod(self._size >> HEIGHT * tile.level, WIDTH)
        width = len(tile.hashes) // LEAF_BYTES
        return tile.number > number or (tile.number == number and width > inside)


def _grouped(hashes: list[bytes]) -> list[bytes]:
    """The roots over every complete 256 of them."""
    starts = range(0, len(hashes) - WIDTH + 1, WIDTH)
    return [merkle.root(hashes[start : start + WIDTH]) for start in starts]
