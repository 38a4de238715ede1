"""Entries as verification reads them: straight from the columns, a few hundred at a time."""

from collections.abc import Sequence
from hashlib import blake2s, sha256
from typing import Any, Final

from django.db import connection

from zhitong.kernel.audit.align import Row
from zhitong.kernel.audit.record import (
    FIELDS,
    LEAF_BYTES,
    SALT_BYTES,
    SEAL_BYTES,
    SEPARATOR,
    leaf_of,
    seal_of,
)

Stored = tuple[Any, ...]
"""(seq, record, salt, leaf, seal)"""

BATCH: Final = 1024
ERASED_TAIL: Final = SEPARATOR.join(["", "0", *[""] * (len(FIELDS) - 2)])

_BETWEEN = (
    "SELECT seq, concat_ws(%s, replace(CAST(id AS text), '-', ''), at_us, action, actor, label, "
    "target, path, purpose, details), salt, leaf, seal FROM audit_entry "
    "WHERE seq >= %s AND seq < %s ORDER BY seq"
)
_OUTSIDE = (
    "SELECT seq, concat_ws(%s, replace(CAST(id AS text), '-', ''), at_us, action, actor, label, "
    "target, path, purpose, details), salt, leaf, seal FROM audit_entry "
    "WHERE seq < 0 OR seq >= %s ORDER BY seq LIMIT 1000"
)
_WAITING = (
    "SELECT seq, concat_ws(%s, replace(CAST(id AS text), '-', ''), at_us, action, actor, label, "
    "target, path, purpose, details), salt, leaf, seal FROM audit_entry "
    "WHERE seq IS NULL ORDER BY at_us, id LIMIT 100000"
)
_ORDERS = (
    "SELECT seq, concat_ws(%s, replace(CAST(id AS text), '-', ''), at_us, action, actor, label, "
    "target, path, purpose, details), salt, leaf, seal FROM audit_entry "
    "WHERE target = %s AND action = %s"
)
_HOLES = (
    "SELECT seq, CAST(id AS text) FROM audit_entry WHERE action IS NULL OR actor IS NULL "
    "OR label IS NULL OR target IS NULL OR path IS NULL OR purpose IS NULL OR details IS NULL "
    "OR at_us IS NULL OR id IS NULL LIMIT 1000"
)


def between(start: int, end: int) -> list[Stored]:
    """Entries at positions ``start`` to ``end``, in order."""
    return _fetch(_BETWEEN, [SEPARATOR, start, end])


def outside(size: int) -> list[Stored]:
    """Entries at positions that a log of ``size`` does not have."""
    return _fetch(_OUTSIDE, [SEPARATOR, size])


def waiting() -> list[Stored]:
    """Entries without a place yet."""
    return _fetch(_WAITING, [SEPARATOR])


def orders(target: str, action: str) -> list[Stored]:
    """Entries of one action on one target."""
    return _fetch(_ORDERS, [SEPARATOR, target, action])


def holes() -> list[tuple[int | None, str]]:
    """Entries with NULL where the table allows none: ``concat_ws`` would hide that."""
    return [(seq, str(entry or "").replace("-", "")) for seq, entry in _fetch(_HOLES, [])]


def _fetch(statement: str, parameters: Sequence[object]) -> list[Stored]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def quick(rows: list[Stored], first: int, hashes: bytes, key: bytes) -> list[bytes] | None:
    """The leaves of a sound tile, recomputed; None when anything at all needs a closer look."""
    try:
        leaves = [
            sha256(b"\x00" + salt + record.encode()).digest() for _, record, salt, _, _ in rows
        ]
        whole = b"".join(leaves)
        sound = (
            whole == hashes[: len(rows) * LEAF_BYTES]
            and b"".join([row[3] for row in rows]) == whole
            and [row[0] for row in rows] == list(range(first, first + len(rows)))
            and {len(row[2]) for row in rows} == {SALT_BYTES}
            and [row[4] for row in rows]
            == [
                blake2s(leaf + seq.to_bytes(8, "big"), key=key, digest_size=SEAL_BYTES).digest()
                for seq, leaf in enumerate(leaves, first)
            ]
        )
    except (TypeError, AttributeError, UnicodeEncodeError):
        return None
    return leaves if sound else None


def look(stored: Stored) -> Row:
    """One entry, whatever its columns hold."""
    seq, record, salt, leaf, seal = stored
    text = record if isinstance(record, str) else ""
    entry, _separator, _rest = text.partition(SEPARATOR)
    salt, leaf, seal = (_bytes(value) for value in (salt, leaf, seal))
    erased = not salt and text == entry + ERASED_TAIL
    made = b"" if len(salt) != SALT_BYTES else leaf_of(salt, text)
    return Row(seq if isinstance(seq, int) else -1, entry, made, leaf, seal, erased)


def is_sealed(key: bytes, seq: int, leaf: bytes, seal: bytes) -> bool:
    """Whether the seal was made for this leaf at this position."""
    return len(leaf) == LEAF_BYTES and seal_of(key, seq, leaf) == seal


def _bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | bytearray | memoryview) else b""
