"""Which entries about a record say more than that something was done."""

from uuid import UUID

from django.db.models import Q

from zhitong.kernel.audit.erasure import ACTION, erase
from zhitong.kernel.audit.models import AuditEntry
from zhitong.kernel.purposes import PURPOSES

MACHINES = Q(actor__startswith="system:") | Q(actor="public") | Q(actor="link")
BY_RESIDENTS = Q(actor__startswith="resident:")
IN_OWN_WORDS = ~MACHINES & ~Q(purpose__in=PURPOSES)


def forget(target: str, *, actor: str, label: str, purpose: str) -> int:
    """Empty the entries about a record that name its resident, or hold a purpose that somebody
    typed; returns how many. That somebody of the staff opened it stays on the record.

    Raises NotYetPlaced while one of them has no place in the log: try again in a few seconds.
    """
    found = telling(target)
    for entry in found:
        erase(entry=entry, actor=actor, label=label, purpose=purpose)
    return len(found)


def telling(target: str) -> list[UUID]:
    """The entries about a record that are to be emptied, in order."""
    about = AuditEntry.objects.filter(target=target).exclude(action=ACTION)
    return list(
        about.filter(BY_RESIDENTS | IN_OWN_WORDS).order_by("id").values_list("id", flat=True)
    )
