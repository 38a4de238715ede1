"""A closer look at one tile in which something differs."""

from dataclasses import dataclass, field

from zhitong.kernel.audit.align import Row
from zhitong.kernel.audit.rows import is_sealed


@dataclass(slots=True)
class Judged:
    """What belongs into a tile, and what a seal alone could not decide."""

    first: int
    leaves: list[bytes] = field(default_factory=list)
    """The leaf that belongs at each place; b'' where nothing is left that knows."""
    doubtful: list[Row] = field(default_factory=list)
    """Rows that fit their tile but not their seal: one of the two was changed."""
    wrong: list[int] = field(default_factory=list)
    """Places at which the tile is not what was sealed."""
    fits: bool = True
    """Whether all rows stand where they belong, intact."""


def judge(first: int, width: int, found: list[Row], tile: list[bytes], key: bytes) -> Judged:
    """Decide, place by place, by the keyed seal first and by the tile where the seal is silent."""
    judged = Judged(first)
    at = {row.seq: row for row in reversed(found)}
    for seq in range(first, first + width):
        here = tile[seq - first] if seq - first < len(tile) else b""
        row = at.get(seq)
        leaf = _sealed(row, here, key) if row else b""
        if row and not leaf and here in {row.leaf, row.made}:
            judged.doubtful.append(row)
        leaf = leaf or here
        if leaf != here or not here:
            judged.wrong.append(seq)
        judged.leaves.append(leaf)
        judged.fits = judged.fits and row is not None and row.fits(leaf)
    judged.fits = judged.fits and len(found) == width
    return judged


def _sealed(row: Row, here: bytes, key: bytes) -> bytes:
    """The leaf for which the row's seal was made, b'' when none of the candidates is it."""
    for leaf in (here, row.leaf, row.made):
        if is_sealed(key, row.seq, leaf, row.seal):
            return leaf
    return b""
