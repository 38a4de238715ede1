"""Saying openly that an older copy of the database was put in place."""

from dataclasses import dataclass

from django.db import transaction

from zhitong.kernel.audit import keys, witness
from zhitong.kernel.audit.entries import append, microseconds
from zhitong.kernel.audit.models import AuditCheckpoint, AuditHead
from zhitong.kernel.audit.notes import Checkpoint
from zhitong.kernel.audit.sequence import Tampered, locked_head
from zhitong.kernel.audit.tiles import Tree
from zhitong.kernel.clock.port import now

ACTION = "audit.restore"


@dataclass(frozen=True, slots=True)
class Restore:
    """The log goes on from ``kept`` entries; there had been ``lost`` signed ones."""

    kept: int
    lost: int


def declare_restore(*, actor: str, label: str, purpose: str) -> Restore | None:
    """After a restore: let the log go on from what the backup holds, and say so for ever.

    The statement is signed into the witness and becomes an entry of the log. None when nothing
    that was signed is missing. Raises Tampered when the database is not an older copy of this
    log but something else.
    """
    with transaction.atomic():
        head, tree = locked_head()
        seen = witness.last()
        if seen is None or seen.size < head.size or seen.lost is not None:
            return None
        _must_be_older_copy(tree, head.size)
        if seen.size == head.size:
            _take_back(head)
            return None
        at_us = max(microseconds(now()), seen.at_us + 1)
        statement = Checkpoint(keys.origin(), head.size, bytes(head.root), at_us, seen.size)
        note = keys.signer().sign(statement)
        append(
            action=ACTION,
            actor=actor,
            label=label,
            target="",
            path="",
            purpose=purpose,
            details={"kept": head.size, "lost": seen.size},
        )
        transaction.on_commit(lambda: witness.add(note))
    return Restore(head.size, seen.size)


def _take_back(head: AuditHead) -> None:
    """The backup was made between the last entry and its checkpoint: the witness has that."""
    note = witness.read(witness.path())[-1]
    at_us = keys.verifier().open(note).at_us
    AuditCheckpoint.objects.get_or_create(size=head.size, defaults={"at_us": at_us, "note": note})
    head.signed_size, head.signed_at_us = head.size, at_us
    head.save()


def _must_be_older_copy(tree: Tree, size: int) -> None:
    verifier = keys.verifier()
    for note in witness.read(witness.path()):
        one = verifier.open(note)
        if one.size <= size and tree.root(one.size) != one.root:
            raise Tampered(f"the database differs from the log that was signed at {one.size}")
