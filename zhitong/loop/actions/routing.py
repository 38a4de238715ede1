"""Deciding who gets which matters. What somebody owns already stays with them."""

from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.areas.codes import is_code, path_of
from zhitong.kernel.areas.models import Area
from zhitong.kernel.areas.queries import UNKNOWN
from zhitong.kernel.clock import now
from zhitong.kernel.errors import Invalid
from zhitong.kernel.scope import current
from zhitong.kernel.text.clean import clean_line
from zhitong.loop.actions.moving import checked_words
from zhitong.loop.categories import chain
from zhitong.loop.models import Route
from zhitong.loop.queries.routing import forget_routes, posts_above, route

REASON = 200
PAST = _("A rule starts today or later: what came in before stays where it is.")


@action("loop.set_route", describe=_("Decide which post gets which matters"))
def set_route(
    *, area: str, category: str, post: UUID, reason: str, starts_on: date | None = None
) -> UUID:
    """From now on, or from the beginning of a day, new matters of a kind at a place go to ``post``.

    ``area`` is the code of a county, township or village within reach, ``category`` a group or
    category or '' for any. The rule for the same place and kind that held until then ends.
    Raises Invalid. Nothing that came in before moves.
    """
    at = now()
    place = _place(area)
    if category and not chain(category):
        raise Invalid(fields={"category": _("Choose what it is about from the list.")})
    if post not in {one.pk for one in posts_above(place.path)}:
        raise Invalid(fields={"post": _("Choose a post from the list.")})
    starts = _start(starts_on, at)
    checked_words(reason, field="reason")
    same = Route.objects.filter(area=place, category=category, starts_at__lte=starts)
    same.exclude(ends_at__lte=starts).update(ends_at=starts)
    made = Route.objects.create(
        area=place,
        area_path=place.path,
        category=category,
        post_id=post,
        reason=clean_line(reason, max_length=REASON),
        set_by=current().label,
        starts_at=starts,
    )
    acted_on(f"loop.Route:{made.pk}", path=place.path, category=category, post=str(post))
    _known()
    return made.pk


@action("loop.end_route", describe=_("End a rule about which post gets which matters"))
def end_route(*, id: UUID) -> None:
    """The rule ends now; one that has not begun never does. Raises NotFound, or Invalid."""
    found, at = route(id), now()
    if not current().reach.covers(path=found.area_path):
        raise Invalid(UNKNOWN)
    Route.objects.filter(pk=found.pk).update(ends_at=max(at, found.starts_at))
    acted_on(f"loop.Route:{found.pk}", path=found.area_path)
    _known()


def _place(code: str) -> Area:
    """The area, if the acting scope reaches it and it is in use. Raises Invalid."""
    within = is_code(code) and current().reach.covers(path=path_of(code))
    found = Area.objects.filter(code=code, retired_at=None).first() if within else None
    if found is None:
        raise Invalid(fields={"area": UNKNOWN})
    return found


def _start(day: date | None, at: datetime) -> datetime:
    today = timezone.localdate(at)
    if day is None or day == today:
        return at
    if day < today:
        raise Invalid(fields={"starts_on": PAST})
    return datetime.combine(day, time(), tzinfo=timezone.get_current_timezone())


def _known() -> None:
    """At once for who reads next here, and again once the others can see it."""
    forget_routes()
    transaction.on_commit(forget_routes)
