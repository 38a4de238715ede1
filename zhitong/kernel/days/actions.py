"""Deciding by hand that a day is worked or free."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.clock.models import DayException
from zhitong.kernel.clock.queries import forget_calendar
from zhitong.kernel.errors import NotFound
from zhitong.kernel.text.clean import clean_line


@action("clock.set_day", describe=_("Declare a day worked or free"))
def set_day(*, day: date, working: bool, name: str, source: str) -> None:
    """From now on ``day`` counts as worked or free. Due times already set stay as they are."""
    DayException.objects.update_or_create(
        day=day,
        defaults={
            "working": working,
            "name": clean_line(name, max_length=60),
            "source": clean_line(source, max_length=200),
        },
    )
    acted_on(f"clock.DayException:{day}", path="", working=working)
    transaction.on_commit(forget_calendar)


@action("clock.clear_day", describe=_("Take back a decision about a day"))
def clear_day(*, day: date) -> None:
    """The general rule decides about ``day`` again. Raises NotFound if it already did."""
    if not DayException.objects.filter(day=day).delete()[0]:
        raise NotFound
    acted_on(f"clock.DayException:{day}", path="")
    transaction.on_commit(forget_calendar)
