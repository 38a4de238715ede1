"""Giving committed entries their place in the log, and signing the result.

Writers never wait for the tree: they insert entries without a place, and this function, run by
one process at a time every second, puts what has been committed in order.
"""

from typing import Final

from django.db import connection, transaction

from zhitong.kernel.audit import keys, merkle, witness
from zhitong.kernel.audit.entries import microseconds, stored_id
from zhitong.kernel.audit.models import AuditCheckpoint, AuditEntry, AuditHead
from zhitong.kernel.audit.notes import Checkpoint
from zhitong.kernel.audit.record import head_seal_of, seal_of
from zhitong.kernel.audit.tiles import Tree
from zhitong.kernel.clock.port import now

SIGN_EVERY_US: Final = 60_000_000
"""A checkpoint is signed at most once a minute: half a million a year at the very most."""

_PLACE = "UPDATE audit_entry SET seq = %s, seal = %s WHERE id = %s AND seq IS NULL"


class Tampered(RuntimeError):
    """The log is not as it was left; nothing is built on it. `zhitong audit verify` says what."""


def integrate(limit: int = 2000, *, sign: bool = False) -> int:
    """Give up to ``limit`` committed entries their place; return how many.

    A checkpoint is signed when the last one is a minute old, or at once with ``sign``. Raises
    Tampered when the head does not fit its seal, or the witness has seen more entries.
    """
    if not _due(sign=sign):
        return 0
    with transaction.atomic():
        head, tree = locked_head()
        heard_us = _witnessed_us(head.size)
        placed = _place(head, tree, limit)
        head.root = tree.root(head.size)
        if _unsigned(head, at_once=sign):
            _sign(head, after_us=heard_us)
            transaction.on_commit(witness.catch_up)
        head.seal = head_seal_of(keys.seal_key(), head.size, head.root)
        head.save()
    return placed


def _due(*, sign: bool) -> bool:
    if AuditEntry.objects.filter(seq=None).exists():
        return True
    head = AuditHead.objects.first()
    return head is not None and _unsigned(head, at_once=sign)


def _unsigned(head: AuditHead, *, at_once: bool) -> bool:
    age = microseconds(now()) - head.signed_at_us
    return head.size > head.signed_size and (at_once or not 0 <= age < SIGN_EVERY_US)


def locked_head() -> tuple[AuditHead, Tree]:
    """The head row, locked until the end of the transaction, and its tree. Raises Tampered."""
    head, new = AuditHead.objects.select_for_update().get_or_create(pk=1)
    tree = Tree()
    if new:
        head.root = merkle.EMPTY
        head.seal = head_seal_of(keys.seal_key(), head.size, head.root)
        head.save()
    elif bytes(head.seal) != head_seal_of(keys.seal_key(), head.size, bytes(head.root)):
        raise Tampered("the head of the audit log does not fit its seal")
    if _root(tree, head.size) != bytes(head.root) or _beyond(head.size):
        raise Tampered("the audit log does not fit its head")
    return head, tree


def _witnessed_us(size: int) -> int:
    """When the witness last heard of this log."""
    seen = witness.last()
    if seen and seen.size > size:
        raise Tampered(f"the witness has seen {seen.size} audit entries, the database has {size}")
    return seen.at_us if seen else 0


def _root(tree: Tree, size: int) -> bytes:
    try:
        return tree.root(size)
    except LookupError:
        return b""


def _beyond(size: int) -> bool:
    return AuditEntry.objects.filter(seq__gte=size).exists()


def _place(head: AuditHead, tree: Tree, limit: int) -> int:
    waiting = AuditEntry.objects.filter(seq=None).order_by("at_us", "id")
    rows = [(entry, bytes(leaf)) for entry, leaf in waiting.values_list("id", "leaf")[:limit]]
    key = keys.seal_key()
    places = [
        (seq, seal_of(key, seq, leaf), stored_id(entry))
        for seq, (entry, leaf) in enumerate(rows, head.size)
    ]
    if places:
        with connection.cursor() as cursor:
            cursor.executemany(_PLACE, places)
    tree.extend(head.size, [leaf for _entry, leaf in rows])
    head.size += len(rows)
    return len(rows)


def _sign(head: AuditHead, *, after_us: int) -> None:
    # Later than the last one even if the clock was set back: the witness is read in order.
    at_us = max(microseconds(now()), head.signed_at_us + 1, after_us + 1)
    note = keys.signer().sign(Checkpoint(keys.origin(), head.size, bytes(head.root), at_us))
    AuditCheckpoint.objects.create(size=head.size, at_us=at_us, note=note)
    head.signed_size, head.signed_at_us = head.size, at_us
