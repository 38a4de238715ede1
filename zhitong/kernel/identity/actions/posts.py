"""Posts, roles and appointments."""

import re
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.areas.codes import path_of
from zhitong.kernel.areas.models import Area
from zhitong.kernel.bus.emit import emit
from zhitong.kernel.clock import now
from zhitong.kernel.errors import Denied, Invalid, NotFound
from zhitong.kernel.identity.domain import BREAK_GLASS_LIMIT
from zhitong.kernel.identity.events import (
    Appointed,
    AppointmentEnded,
    GlassBroken,
    RoleChanged,
)
from zhitong.kernel.identity.models import Account, Appointment, Post, Role
from zhitong.kernel.identity.queries import acting_account
from zhitong.kernel.identity.roles import ROLES
from zhitong.kernel.identity.scopes import appointments_now
from zhitong.kernel.identity.words import line
from zhitong.kernel.permits import PERMITS
from zhitong.kernel.scope import current

Row = TypeVar("Row", bound=Model)
ROLE_NAME = re.compile(r"[a-z][a-z0-9_]{2,39}")


@action("identity.ensure_roles", describe=_("Create the delivered roles that are missing"))
def ensure_roles() -> int:
    """Create each delivered role that is not there yet; what a county changed stays. How many."""
    known = set(Role.objects.values_list("name", flat=True))
    missing = [seed for seed in ROLES if seed.name not in known]
    Role.objects.bulk_create(Role(name=seed.name, permits=sorted(seed.permits)) for seed in missing)
    acted_on("identity.Role", path="", made=[seed.name for seed in missing])
    return len(missing)


@action("identity.set_role", describe=_("Change what a role may do"))
def set_role(*, role: str, permits: list[str], label: str = "") -> None:
    """Set the permits of a role, or make a new one. Nobody changes a role they hold.

    A role holds wherever it is served in, so changing one takes a reach over the whole county.
    Raises Invalid for an unknown permit, Denied for one's own role or without that reach.
    """
    if not current().reach.covers(path=path_of(settings.COUNTY)):
        raise Denied(_("Roles are the same in the whole county: only its bureau changes them."))
    unknown = sorted(set(permits) - set(PERMITS))
    if unknown:
        sentence = _("There is no such permit: %(names)s")
        raise Invalid(fields={"permits": sentence % {"names": ", ".join(unknown)}})
    row, _made = Role.objects.get_or_create(name=_role_name(role), defaults={"permits": []})
    myself = acting_account()
    if myself is not None and appointments_now(myself).filter(role=row).exists():
        raise Denied(_("Nobody changes the role they hold. Ask another administrator."))
    before, after = set(row.permits), set(permits)
    row.permits = sorted(after)
    if label:
        row.label = line(label, field="label", longest=60)
    row.save()
    added, removed = sorted(after - before), sorted(before - after)
    acted_on(f"identity.Role:{row.name}", path="", added=added, removed=removed)
    emit(RoleChanged(row.name, added, removed), path=_somewhere())


@action("identity.create_post", describe=_("Create a post"))
def create_post(*, name: str, kind: str, area: str, parent: UUID | None = None) -> UUID:
    """Make a post that serves the area with this code. Raises Invalid."""
    place = Area.objects.filter(code=area, retired_at=None).first()
    if place is None:
        raise Invalid(fields={"area": _("Choose an area from the list.")})
    if kind not in Post.Kind.values:
        raise Invalid(fields={"kind": _("Choose what kind of post this is.")})
    _require_reach(place.path)
    above = _found(Post, parent) if parent else None
    plain = line(name, field="name", longest=80)
    if Post.objects.filter(path=place.path, name=plain).exists():
        raise Invalid(fields={"name": _("There is a post of this name already.")})
    post = Post.objects.create(name=plain, kind=kind, area=place, path=place.path, parent=above)
    acted_on(f"identity.Post:{post.pk}", path=post.path, name=plain)
    return post.pk


@action("identity.appoint", describe=_("Appoint somebody to a post"))
def appoint(
    *,
    account: UUID,
    post: UUID,
    role: str,
    starts_on: date,
    ends_on: date | None = None,
    deputy: bool = False,
    reason: str = "",
) -> UUID:
    """Let somebody hold a post in a role, both days included. Nobody appoints themselves."""
    if account == acting_account():
        raise Denied(_("Nobody appoints themselves. Ask another administrator."))
    if ends_on is not None and ends_on < starts_on:
        raise Invalid(fields={"ends_on": _("The last day cannot be before the first.")})
    place = _found(Post, post)
    _require_reach(place.path)
    row = Appointment.objects.create(
        account=_found(Account, account),
        post=place,
        role=_role(role),
        starts_on=starts_on,
        ends_on=ends_on,
        deputy=deputy,
        reason=line(reason, field="reason", longest=200, required=False),
    )
    acted_on(f"identity.Account:{account}", path=place.path, post=str(post), role=role)
    emit(Appointed(str(account), str(post), role, str(row.pk)), path=place.path)
    return row.pk


@action("identity.end_appointment", describe=_("End an appointment"))
def end_appointment(*, appointment: UUID, ends_on: date | None = None) -> None:
    """Let an appointment end on a day; without one it ends now, in the middle of the day."""
    row = _found(Appointment, appointment)
    _require_reach(row.post.path)
    today = timezone.localdate(now())
    row.ends_on = max(ends_on or today, row.starts_on)
    if ends_on is None:
        row.expires_at = now()
    row.save(update_fields=["ends_on", "expires_at"])
    target = f"identity.Account:{row.account_id}"
    acted_on(target, path=row.post.path, appointment=str(row.pk), ends_on=str(row.ends_on))
    emit(AppointmentEnded(str(row.account_id), str(row.post_id), str(row.pk)), path=row.post.path)


@action("identity.break_glass", describe=_("Take a further role for a few hours, with a reason"))
def break_glass(*, post: UUID, role: str, reason: str, hours: int) -> UUID:
    """Appoint oneself for at most 24 hours at a post within reach. Audited and announced."""
    if not 1 <= hours <= BREAK_GLASS_LIMIT // timedelta(hours=1):
        raise Invalid(fields={"hours": _("Choose between 1 and 24 hours.")})
    myself = _found(Account, acting_account())
    place = _found(Post, post)
    _require_reach(place.path)
    why = line(reason, field="reason", longest=200)
    today = timezone.localdate(now())
    row = Appointment.objects.create(
        account=myself,
        post=place,
        role=_modest_role(role),
        starts_on=today,
        ends_on=today + timedelta(days=2),
        expires_at=now() + timedelta(hours=hours),
        deputy=True,
        reason=why,
    )
    acted_on(f"identity.Account:{myself.pk}", path=place.path, role=role, reason=why, hours=hours)
    emit(GlassBroken(str(myself.pk), str(post), role, why, hours), path=place.path)
    return row.pk


def _require_reach(path: str) -> None:
    if not current().reach.covers(path=path):
        raise NotFound


def _found(model: type[Row], identifier: UUID | None) -> Row:
    found = model._default_manager.filter(pk=identifier).first()
    if found is None:
        raise NotFound
    return found


def _role(name: str) -> Role:
    found = Role.objects.filter(name=name).first()
    if found is None:
        raise Invalid(fields={"role": _("Choose a role from the list.")})
    return found


def _modest_role(name: str) -> Role:
    """A role that does not itself hand out power or read the audit log."""
    role = _role(name)
    if not role.modest:
        raise Invalid(fields={"role": _("This role is never taken alone. Ask an administrator.")})
    return role


def _role_name(typed: str) -> str:
    if not ROLE_NAME.fullmatch(typed):
        sentence = _("Use 3 to 40 letters a-z, digits or underscores.")
        raise Invalid(fields={"role": sentence})
    return typed


def _somewhere() -> str:
    return next(iter(current().reach.subtrees), "")
