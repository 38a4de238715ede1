"""Who can stand in for somebody, and who is away."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from zhitong.kernel.clock import now
from zhitong.kernel.errors import NotFound
from zhitong.kernel.identity.absences import Span, handable
from zhitong.kernel.identity.models import Absence, Account, Appointment, Post
from zhitong.kernel.identity.scopes import in_force


def own_appointments(account: UUID, days: Span) -> list[Appointment]:
    """What somebody holds in these days as their own, and a deputy can hold for them."""
    rows = Appointment.objects.filter(
        account=account, deputy=False, expires_at=None, starts_on__lte=days.ends_on
    ).filter(Q(ends_on=None) | Q(ends_on__gte=days.starts_on))
    found = rows.select_related("post", "role").order_by("starts_on", "pk")
    return [one for one in found if handable(one.role.permits)]


def candidates(account: UUID) -> list[Account]:
    """Who serves at the same post, beside it, above or below, and holds no further power.

    Three queries.
    """
    today = timezone.localdate(now())
    days = Span(today, today)
    near = _near([one.post for one in own_appointments(account, days)])
    held = Appointment.objects.filter(in_force(today, now()), account__active=True)
    serving = held.filter(post__in=near, deputy=False).exclude(account=account)
    found = list(Account.objects.filter(pk__in=serving.values("account")).order_by("name", "pk"))
    roles = held.filter(account__in=[one.pk for one in found])
    powerful = {
        holder
        for holder, permits in roles.values_list("account", "role__permits")
        if not handable(permits)
    }
    return [one for one in found if one.pk not in powerful]


def lasting(id: UUID) -> Absence:
    """One leave that lasts or is to come, with its people. Raises NotFound."""
    found = _lasting().filter(pk=id).first()
    if found is None:
        raise NotFound
    return found


def absences_of(account: UUID) -> list[Absence]:
    """Somebody's leaves that last or are to come, the next first."""
    return list(_lasting().filter(account=account))


def stood_in_for(account: UUID) -> list[Absence]:
    """For whom somebody stands in, now or soon."""
    return list(_lasting().filter(deputy=account))


def in_the_way(days: Span, **of: UUID) -> Absence | None:
    """A leave of this account, or with this deputy, that shares a day."""
    rows = _lasting().filter(starts_on__lte=days.ends_on, ends_on__gte=days.starts_on, **of)
    return rows.first()


def made_for(row: Absence) -> list[Appointment]:
    """The appointments that the deputy got for it."""
    return list(Appointment.objects.filter(absence=row).select_related("post"))


def _lasting() -> QuerySet[Absence]:
    rows = Absence.objects.filter(ended_at=None, ends_on__gte=timezone.localdate(now()))
    return rows.select_related("account", "deputy").order_by("starts_on", "pk")


def _near(posts: Sequence[Post]) -> QuerySet[Post]:
    """These posts, those beside them, above and below."""
    own = [post.pk for post in posts]
    above = [post.parent_id for post in posts if post.parent_id]
    around = Q(pk__in=own) | Q(pk__in=above) | Q(parent__in=above) | Q(parent__in=own)
    return Post.objects.filter(around)
