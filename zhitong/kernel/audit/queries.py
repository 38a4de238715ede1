"""Who read what: the audit log as residents and auditors see it."""

import json
from collections.abc import Collection
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


ANYWHERE = Q()
BY_OTHERS = (
    Q(actor__startswith="staff:") | Q(actor__startswith="client:") | Q(actor__startswith="system:")
)
"""Entries of everybody but residents, for a resident who asks who else was there."""


def readers_of(
    target: str, *, within: Q = ANYWHERE, before: UUID | None = None, limit: int = PAGE
) -> list[Look]:
    """Who touched or read the record, newest first. The caller has checked reach to it, or says
    ``within`` which areas."""
    return _page(AuditEntry.objects.filter(within, target=target), before, limit)


def looks_at(targets: Collection[str], *, within: Q = ANYWHERE, limit: int = PAGE) -> list[Look]:
    """The newest looks at any of these records. The caller has checked reach to them."""
    return _page(AuditEntry.objects.filter(within, target__in=targets), None, limit)


def acts_of(
    actor: str, *, within: Q = ANYWHERE, before: UUID | None = None, limit: int = PAGE
) -> list[Look]:
    """What an actor did and read, newest first."""
    return _page(AuditEntry.objects.filter(within, actor=actor), before, limit)


def recent(
    subtrees: tuple[str, ...], *, before: UUID | None = None, limit: int = PAGE
) -> list[Look]:
    """What happened in the areas below ``subtrees``, newest first. Nowhere is nothing."""
    return _page(AuditEntry.objects.filter(below(subtrees)), before, limit)


def below(subtrees: tuple[str, ...]) -> Q:
    """Entries that belong to the areas below ``subtrees``."""
    here = Q(pk__in=[])
    for path in subtrees:
        here |= Q(path__startswith=path)
    return here


def within_reach(subtrees: tuple[str, ...]) -> Q:
    """The same, and what belongs to no area, such as signing in."""
    return below(subtrees) | Q(path="")


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
