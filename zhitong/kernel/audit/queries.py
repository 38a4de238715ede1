"""Who read what: the audit log as residents and auditors see it."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from zhitong.kernel.audit.entries import instant
from zhitong.kernel.audit.models import AuditCheckpoint, AuditEntry

PAGE = 50


@dataclass(frozen=True, slots=True)
class Look:
    """One act or look, as people see it."""

    id: UUID
    seq: int | None
    at: datetime
    action: str
    actor: str
    label: str
    target: str
    purpose: str
    details: dict[str, Any]


def readers_of(target: str, *, before: UUID | None = None, limit: int = PAGE) -> list[Look]:
    """Who touched or read the record, newest first. The caller has checked reach to it."""
    return _page(AuditEntry.objects.filter(target=target), before, limit)


def acts_of(actor: str, *, before: UUID | None = None, limit: int = PAGE) -> list[Look]:
    """What an actor did and read, newest first."""
    return _page(AuditEntry.objects.filter(actor=actor), before, limit)


def recent(
    subtrees: tuple[str, ...], *, before: UUID | None = None, limit: int = PAGE
) -> list[Look]:
    """What happened in the areas below ``subtrees``, newest first. Nowhere is nothing."""
    here = Q(pk__in=[])
    for path in subtrees:
        here |= Q(path__gte=path, path__lt=path + "\U0010ffff")
    return _page(AuditEntry.objects.filter(here), before, limit)


def newest_checkpoint() -> AuditCheckpoint | None:
    """The newest signed tree head, or None before the first."""
    return AuditCheckpoint.objects.order_by("-size").first()


def _page(entries: QuerySet[AuditEntry], before: UUID | None, limit: int) -> list[Look]:
    """Erased entries have lost their target and actor, and with them their place on any page."""
    older = entries.filter(id__lt=before) if before else entries
    return [_look(entry) for entry in older.order_by("-id")[:limit]]


def _look(entry: AuditEntry) -> Look:
    return Look(
        id=entry.id,
        seq=entry.seq,
        at=instant(entry.at_us),
        action=entry.action,
        actor=entry.actor,
        label=entry.label,
        target=entry.target,
        purpose=entry.purpose,
        details=json.loads(entry.details or "{}"),
    )
