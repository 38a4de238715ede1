"""Emptying an entry: its content goes, its hash stays, and the order to do so is an entry."""

import json
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.audit import keys, rows
from zhitong.kernel.audit.align import Row
from zhitong.kernel.audit.entries import append
from zhitong.kernel.audit.models import AuditEntry
from zhitong.kernel.audit.record import FIELDS, SEPARATOR
from zhitong.kernel.errors import NotFound, Refusal, Stale

ACTION = "audit.erase"
BLANK: Mapping[str, object] = dict.fromkeys(FIELDS[2:], "") | {"at_us": 0, "salt": b""}


class NotErasable(Refusal):
    """An order to erase is what proves an erasure."""

    code = "not_erasable"
    sentence = _("An order to erase cannot itself be erased.")


class NotYetPlaced(Refusal):
    """The entry has no place in the log yet."""

    status = 409
    code = "not_yet_placed"
    sentence = _("This entry is not in the log yet. Try again in a few seconds.")


def erase(*, entry: UUID, actor: str, label: str, purpose: str) -> None:
    """Empty one entry for good. Proofs and verification stay valid.

    Raises NotFound, NotYetPlaced, NotErasable, and Stale when it is empty already. Copies of
    the content in backups and freed pages of the database live until those are overwritten.
    """
    with transaction.atomic():
        row = AuditEntry.objects.select_for_update().filter(pk=entry).first()
        if row is None:
            raise NotFound
        if row.seq is None:
            raise NotYetPlaced
        if not bytes(row.salt):
            raise Stale
        if row.action == ACTION:
            raise NotErasable
        append(
            action=ACTION,
            actor=actor,
            label=label,
            target=_target(entry.hex),
            path=row.path,
            purpose=purpose,
            details={"seq": row.seq, "leaf": bytes(row.leaf).hex()},
        )
        AuditEntry.objects.filter(pk=entry).update(**BLANK)


def is_ordered(row: Row) -> bool:
    """Whether an intact entry of the log orders that this one be empty."""
    return any(_orders(stored, row) for stored in rows.orders(_target(row.id), ACTION))


def _orders(stored: rows.Stored, row: Row) -> bool:
    order = rows.look((-1 if stored[0] is None else stored[0], *stored[1:]))
    placed = order.seq == -1 or rows.is_sealed(keys.seal_key(), order.seq, order.leaf, order.seal)
    details = bytes(stored[1]).rpartition(SEPARATOR.encode())[2]
    try:
        told = json.loads(details)
    except ValueError:
        return False
    return placed and order.made == order.leaf and told == {"seq": row.seq, "leaf": row.leaf.hex()}


def _target(entry: str) -> str:
    return f"audit.AuditEntry:{entry}"
