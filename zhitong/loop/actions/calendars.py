"""Letting one's calendar fetch due times."""

import secrets

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.clock import now
from zhitong.kernel.errors import Denied, Invalid, NotFound
from zhitong.kernel.identity.queries import acting_account
from zhitong.loop.domain.calendar import ALARMS
from zhitong.loop.models import CalendarLink
from zhitong.loop.queries.calendars import digest_of


@sensitive_variables()
@action("loop.make_calendar", describe=_("Let one's calendar fetch one's due times"))
def make_calendar(*, alarm: int = 0) -> str:
    """A secret for the address of one's calendar, told once; an earlier one opens nothing more.

    ``alarm`` is how many minutes before a due time the calendar rings, 0 for not at all.
    """
    account = acting_account()
    if account is None:
        raise Denied
    if alarm not in ALARMS:
        raise Invalid(fields={"alarm": _("Choose from the list.")})
    secret = secrets.token_urlsafe(32)
    CalendarLink.objects.filter(account=account).delete()
    CalendarLink.objects.create(
        account_id=account,
        digest=digest_of(secret),
        language=get_language() or "zh-hans",
        alarm=alarm,
        made_at=now(),
    )
    acted_on(f"identity.Account:{account}", path="", alarm=alarm)
    return secret


@action("loop.end_calendar", describe=_("Stop one's calendar from fetching due times"))
def end_calendar() -> None:
    """The address opens nothing from now on. Raises NotFound when there is none."""
    account = acting_account()
    if account is None or not CalendarLink.objects.filter(account=account).delete()[0]:
        raise NotFound
    acted_on(f"identity.Account:{account}", path="")


def fetched(link: CalendarLink) -> None:
    """Note the day, so that its owner sees whether the address is in use."""
    today = now().date()
    if link.fetched_on != today:
        CalendarLink.objects.filter(pk=link.pk).update(fetched_on=today)
