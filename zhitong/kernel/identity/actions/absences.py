"""Being away: who stands in holds the posts meanwhile, by dated appointments that end with it."""

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.bus.emit import emit
from zhitong.kernel.clock import now
from zhitong.kernel.errors import Denied, Invalid, NotFound, Stale
from zhitong.kernel.identity import deputies
from zhitong.kernel.identity.absences import Span, possible
from zhitong.kernel.identity.actions.posts import appoint, end_appointment
from zhitong.kernel.identity.events import AbsenceEnded, AbsenceRecorded
from zhitong.kernel.identity.models import Absence, Account, Appointment
from zhitong.kernel.identity.queries import acting_account
from zhitong.kernel.scope import current

RECORD = "identity.record_absence"
DAYS = _("Choose days from today on, for half a year at most.")
FROM_LIST = _("Choose somebody from the list.")
NOTHING = _("There is no post here that somebody else could look after. Ask an administrator.")
AWAY = _("Somebody is away in these days already: %(name)s.")
STANDS_IN = _("In these days this person stands in for %(name)s. Let somebody else do that first.")


@action(
    "identity.take_leave",
    describe=_("Record one's own leave, and who stands in"),
    lends=frozenset({"identity.appoint"}),
)
def take_leave(*, deputy: UUID, starts_on: date, ends_on: date) -> UUID:
    """Be away, both days included; the deputy holds one's posts meanwhile. Raises Invalid."""
    account = acting_account()
    if account is None:
        raise Denied
    return _record(account, deputy, Span(starts_on, ends_on))


@action(
    RECORD,
    describe=_("Record somebody's leave, and who stands in"),
    lends=frozenset({"identity.appoint"}),
)
def record_absence(*, account: UUID, deputy: UUID, starts_on: date, ends_on: date) -> UUID:
    """The same for somebody who is ill, by who reaches all their posts. Raises NotFound, Invalid.

    Nobody makes themselves the deputy.
    """
    if account == acting_account():
        raise Denied(_("Record your own leave on your own page."))
    return _record(account, deputy, Span(starts_on, ends_on))


@action(
    "identity.end_absence",
    describe=_("End a leave early"),
    lends=frozenset({"identity.end_appointment"}),
)
def end_absence(*, absence: UUID) -> None:
    """Be back, or not go at all: the deputy's appointments end with it, at once.

    One's own, or with the permit to record leaves, anybody's within reach. Raises NotFound, also
    for one that is over: what was, stays written as it was.
    """
    row = deputies.lasting(absence)
    if row.account_id != acting_account() and RECORD not in current().permits:
        raise NotFound
    made = deputies.made_for(row)
    paths = [one.post.path for one in made]
    _require_reach(paths)
    if Absence.objects.filter(pk=row.pk, ended_at=None).update(ended_at=now()) != 1:
        raise Stale
    for one in made:
        end_appointment(appointment=one.pk)
    path = paths[0] if paths else ""
    acted_on(f"identity.Account:{row.account_id}", path=path, absence=str(row.pk))
    emit(AbsenceEnded(str(row.account_id), str(row.deputy_id), str(row.pk)), path=path)


def _record(account: UUID, deputy: UUID, days: Span) -> UUID:
    if days.ends_on is None or not possible(days, today=timezone.localdate(now())):
        raise Invalid(fields={"ends_on": DAYS})
    person = Account.objects.select_for_update().filter(pk=account).first()
    if person is None:
        raise NotFound
    held = deputies.own_appointments(account, days)
    if not held:
        raise Invalid(NOTHING)
    _require_reach([one.post.path for one in held])
    _check(account, deputy, days)
    row = Absence.objects.create(
        account=person,
        deputy_id=deputy,
        starts_on=days.starts_on,
        ends_on=days.ends_on,
        recorded_label=current().label,
        recorded_at=now(),
    )
    for one in held:
        _stand_in(one, row, days)
    path = held[0].post.path
    told = {"deputy": str(deputy), "starts_on": str(days.starts_on), "ends_on": str(days.ends_on)}
    acted_on(f"identity.Account:{account}", path=path, **told)
    emit(AbsenceRecorded(str(account), str(deputy), str(row.pk)), path=path)
    return row.pk


def _check(account: UUID, deputy: UUID, days: Span) -> None:
    """Who stands in is near, without other powers, and there; nobody leaves two posts alone."""
    if deputy not in {one.pk for one in deputies.candidates(account)}:
        raise Invalid(fields={"deputy": FROM_LIST})
    if double := deputies.in_the_way(days, account=account):
        raise Invalid(fields={"starts_on": AWAY % {"name": double.account.name}})
    if away := deputies.in_the_way(days, account=deputy):
        raise Invalid(fields={"deputy": AWAY % {"name": away.account.name}})
    if other := deputies.in_the_way(days, deputy=account):
        raise Invalid(fields={"starts_on": STANDS_IN % {"name": other.account.name}})


def _stand_in(own: Appointment, row: Absence, days: Span) -> None:
    """Appoint the deputy for the days that both the leave and the appointment have."""
    shared = days.shared(Span(own.starts_on, own.ends_on))
    if shared is None:
        return
    reason = gettext("stands in for %(name)s") % {"name": row.account.name}
    made = appoint(
        account=row.deputy_id,
        post=own.post_id,
        role=own.role.name,
        starts_on=shared.starts_on,
        ends_on=shared.ends_on,
        deputy=True,
        reason=reason,
    )
    Appointment.objects.filter(pk=made).update(absence=row)


def _require_reach(paths: list[str]) -> None:
    reach = current().reach
    if not all(reach.covers(path=path) for path in paths):
        raise NotFound
