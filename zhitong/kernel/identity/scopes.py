"""Scopes are made here and nowhere else: from appointments, sign-ins, links and keys.

Several appointments are united: all their permits over all their subtrees. Where that would
give too much, two people (or two accounts) must hold the posts; see docs/decisions/0005.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from zhitong.kernel.clock import now
from zhitong.kernel.identity import roles
from zhitong.kernel.identity.models import Account, ApiClient, Appointment, SignIn
from zhitong.kernel.scope import Reach, Scope

FIRST = ("deputy", "starts_on", "pk")
"""The order of appointments: the one somebody acts under comes first."""


def public_scope() -> Scope:
    """Anybody: reaches nothing, may knock at the public doors."""
    return Scope(actor="public", reach=Reach(), permits=roles.PUBLIC, purpose="service")


def link_scope(digest: str, permits: frozenset[str] = roles.LINK) -> Scope:
    """Whoever holds one tracking code, given as its digest."""
    return Scope(actor="link", reach=Reach(link=digest), permits=permits, purpose="own matter")


def resident_scope(key: str, label: str = "") -> Scope:
    """A resident who signed in by phone. Reaches what carries the resident's own key."""
    return Scope(
        actor=f"resident:{key}",
        reach=Reach(own=key),
        permits=roles.RESIDENT,
        purpose="own matter",
        label=label,
    )


def client_scope(client: ApiClient) -> Scope:
    """A program that showed its key."""
    return Scope(
        actor=f"client:{client.pk}",
        reach=Reach(subtrees=(client.path,)),
        permits=frozenset(client.permits),
        purpose="interface",
        label=client.name,
    )


def staff_scope(account: Account) -> Scope:
    """What the account's appointments of this moment add up to. One query."""
    force = in_force(timezone.localdate(now()), now())
    held = list(_held().filter(force, account_id=account.pk))
    return Scope(
        actor=f"staff:{account.pk}",
        reach=Reach(subtrees=topmost(path for _post, _name, path, _permits in held)),
        permits=roles.STAFF.union(*(permits for _post, _name, _path, permits in held)),
        purpose="duty",
        label=f"{held[0][1]} · {account.name}" if held else account.name,
        posts=tuple(post for post, _name, _path, _permits in held),
    )


def door_scope(account: Account, permits: Iterable[str]) -> Scope:
    """Somebody known, still at the door: may do what gets a sign-in further, and nothing else."""
    return Scope(
        actor=f"staff:{account.pk}",
        reach=Reach(),
        permits=frozenset(permits),
        purpose="sign-in",
        label=account.name,
    )


@cache
def _held() -> QuerySet[Appointment, tuple[UUID, str, str, list[str]]]:
    """What a scope needs of appointments, as a query put together once."""
    rows = Appointment.objects.order_by(*FIRST)
    return rows.values_list("post_id", "post__name", "post__path", "role__permits")


def appointments_now(account_id: UUID) -> QuerySet[Appointment]:
    """The account's appointments in force, the one it acts under first."""
    return (
        Appointment.objects.filter(
            in_force(timezone.localdate(now()), now()), account_id=account_id
        )
        .select_related("post", "role")
        .order_by(*FIRST)
    )


def in_force(today: date, at: datetime) -> Q:
    """Appointments that hold on a day of the county's calendar and at an instant of it."""
    lasting = Q(ends_on=None) | Q(ends_on__gte=today)
    unexpired = Q(expires_at=None) | Q(expires_at__gt=at)
    return Q(starts_on__lte=today) & lasting & unexpired


def topmost(paths: Iterable[str]) -> tuple[str, ...]:
    """The paths without those that lie inside another one."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return tuple(kept)


def leaving_scope(sign_in: SignIn) -> Scope:
    """Whoever signs out: nothing else."""
    resident = f"resident:{sign_in.resident_key}"
    actor = resident if sign_in.account_id is None else f"staff:{sign_in.account_id}"
    label = sign_in.account.name if sign_in.account else sign_in.label
    return Scope(actor, Reach(), frozenset({"identity.sign_out"}), "sign-in", label)


def scope_of_account(account_id: UUID, *, purpose: str) -> Scope | None:
    """What an account's appointments add up to now, for work it asked for; None once closed."""
    account = Account.objects.filter(pk=account_id, active=True).first()
    return replace(staff_scope(account), purpose=purpose) if account else None
