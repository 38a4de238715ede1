"""Entries as verification reads them: straight from the columns, a few hundred at a time."""

from collections.abc import Iterator
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
"""(seq, record in UTF-8, salt, leaf, seal)"""

BATCH: Final = 1024
ERASED: Final = SEPARATOR.join(["0", *[""] * (len(FIELDS) - 2)]).encode()
"""What is left of the record of an erased entry, after its id."""

_FIELDS = "at_us, action, actor, label, target, path, purpose, details"
_RECORD = {
    "sqlite": f"CAST(concat_ws(%s, id, {_FIELDS}) AS blob)",
    "postgresql": f"convert_to(concat_ws(%s, replace(id::text, '-', ''), {_FIELDS}), 'UTF8')",
}
"""The record as the database joins it: the one thing here that each does in its own way."""

_HOLES = (
    "SELECT seq, CAST(id AS text) FROM audit_entry WHERE action IS NULL OR actor IS NULL "
    "OR label IS NULL OR target IS NULL OR path IS NULL OR purpose IS NULL OR details IS NULL "
    "OR at_us IS NULL OR id IS NULL LIMIT 1000"
)


def between(start: int, end: int) -> list[Stored]:
    """Entries at positions ``start`` to ``end``, in order."""
    return _fetch("seq >= %s AND seq < %s ORDER BY seq", start, end)


def outside(size: int) -> list[Stored]:
    """Entries at positions that a log of ``size`` does not have."""
    return _fetch("seq < 0 OR seq >= %s ORDER BY seq LIMIT 1000", size)


def waiting() -> list[Stored]:
    """Entries without a place yet."""
    return _fetch("seq IS NULL ORDER BY at_us, id LIMIT 100000")


def orders(target: str, action: str) -> list[Stored]:
    """Entries of one action on one target."""
    return _fetch("target = %s AND action = %s", target, action)


def _fetch(where: str, *parameters: str | int) -> list[Stored]:
    columns = f"seq, {_RECORD[connection.vendor]}, salt, leaf, seal"
    # Only words of this file are put together here; values travel as parameters.
    statement = f"SELECT {columns} FROM audit_entry WHERE {where}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [SEPARATOR, *parameters])
        found: list[Stored] = cursor.fetchall()
    return found


def holes() -> list[tuple[int | None, str]]:
    """Entries with NULL where the table allows none: ``concat_ws`` would hide that."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLES)
        return [(seq, str(entry or "").replace("-", "")) for seq, entry in cursor.fetchall()]


def quick(rows: list[Stored], first: int, hashes: bytes, key: bytes) -> list[bytes] | None:
    """The leaves of a sound tile, recomputed; None when anything at all needs a closer look."""
    seqs, records, salts, stored, seals = zip(*rows, strict=True)
    blank = blake2s(key=key, digest_size=SEAL_BYTES)
    try:
        leaves = [
            sha256(b"\x00" + salt + record).digest()
            for salt, record in zip(salts, records, strict=True)
        ]
        whole = b"".join(leaves)
        sound = (
            whole == hashes[: len(whole)]
            and b"".join(stored) == whole
            and seqs == tuple(range(first, first + len(rows)))
            and {len(salt) for salt in salts} == {SALT_BYTES}
            and seals == tuple(_seals(blank, first, leaves))
        )
    except TypeError:
        return None
    return leaves if sound else None


def _seals(blank: blake2s, first: int, leaves: list[bytes]) -> Iterator[bytes]:
    """As ``seal_of``, with the work on the key done once."""
    for seq, leaf in enumerate(leaves, first):
        seal = blank.copy()
        seal.update(leaf + seq.to_bytes(8, "big"))
        yield seal.digest()


def look(stored: Stored) -> Row:
    """One entry, whatever its columns hold."""
    seq, record, salt, leaf, seal = stored
    record, salt, leaf, seal = (_bytes(value) for value in (record, salt, leaf, seal))
    entry, _separator, rest = record.partition(SEPARATOR.encode())
    made = b"" if len(salt) != SALT_BYTES else leaf_of(salt, record)
    erased = not salt and rest == ERASED
    place = seq if isinstance(seq, int) else -1
    return Row(place, entry.decode("utf-8", errors="replace"), made, leaf, seal, erased)


def is_sealed(key: bytes, seq: int, leaf: bytes, seal: bytes) -> bool:
    """Whether the seal was made for this leaf at this position."""
    return len(leaf) == LEAF_BYTES and seal_of(key, seq, leaf) == seal


def _bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | bytearray | memoryview) else b""
