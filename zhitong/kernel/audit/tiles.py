"""The Merkle tree as rows of 256 hashes: read any node of it, and let it grow."""

from collections.abc import Iterable, Iterator
from typing import Final

from django.db import connection

from zhitong.kernel.audit import merkle
from zhitong.kernel.audit.models import AuditTile
from zhitong.kernel.audit.record import LEAF_BYTES

WIDTH: Final = 256
HEIGHT: Final = 8
"""A tile spans 8 levels of the tree."""

_STRETCH = "SELECT number, hashes FROM audit_tile WHERE level = %s AND number >= %s AND number < %s"


def cut(hashes: bytes) -> list[bytes]:
    """The hashes of a tile, one by one; a torn last one is left out."""
    return [
        hashes[at : at + LEAF_BYTES] for at in range(0, len(hashes) - LEAF_BYTES + 1, LEAF_BYTES)
    ]


def row(level: int, number: int) -> bytes:
    """The stored hashes of a tile, b'' when there is none."""
    stored = AuditTile.objects.filter(level=level, number=number).values_list("hashes", flat=True)
    return bytes(stored.first() or b"")


def stretch(level: int, start: int, end: int) -> dict[int, bytes]:
    """The stored hashes of the tiles numbered ``start`` up to ``end``."""
    with connection.cursor() as cursor:
        cursor.execute(_STRETCH, [level, start, end])
        return {number: bytes(hashes) for number, hashes in cursor.fetchall()}


class Tree:
    """The tree over stored tiles. Rows are read once and kept as long as the object."""

    def __init__(self) -> None:
        self._rows: dict[tuple[int, int], bytes] = {}

    def tile(self, level: int, number: int) -> bytes:
        """The hashes of a tile in a row."""
        place = level, number
        if place not in self._rows:
            self._rows[place] = row(level, number)
        return self._rows[place]

    def node(self, level: int, index: int) -> bytes:
        """The hash over ``1 << level`` leaves. Raises LookupError when the tiles lack them."""
        tile_level, inside = divmod(level, HEIGHT)
        first = index << inside
        hashes = cut(self.tile(tile_level, first // WIDTH))
        start = first % WIDTH
        below = hashes[start : start + (1 << inside)]
        if len(below) != 1 << inside:
            raise LookupError(f"tile {tile_level}/{first // WIDTH} is incomplete")
        return merkle.root(below)

    def root(self, size: int) -> bytes:
        """The root over the first ``size`` leaves. Raises LookupError."""
        return merkle.subtree(0, size, self.node)

    def extend(self, size: int, leaves: Iterable[bytes]) -> None:
        """Store ``leaves`` behind the first ``size`` ones, on every level that they complete."""
        level, added = 0, list(leaves)
        while added:
            at = size >> HEIGHT * level
            changed = dict(self._grown(level, at, added))
            AuditTile.objects.bulk_create(
                [AuditTile(level=level, number=n, hashes=tile) for n, tile in changed.items()],
                update_conflicts=True,
                unique_fields=["level", "number"],
                update_fields=["hashes"],
            )
            self._rows |= {(level, number): tile for number, tile in changed.items()}
            full = WIDTH * LEAF_BYTES
            added = [merkle.root(cut(tile)) for tile in changed.values() if len(tile) == full]
            level += 1

    def _grown(self, level: int, at: int, added: list[bytes]) -> Iterator[tuple[int, bytes]]:
        number, inside = divmod(at, WIDTH)
        before = self.tile(level, number)[: inside * LEAF_BYTES] if inside else b""
        taken = 0
        while taken < len(added):
            more = added[taken : taken + WIDTH - inside]
            yield number, before + b"".join(more)
            taken += len(more)
            number, inside, before = number + 1, 0, b""
