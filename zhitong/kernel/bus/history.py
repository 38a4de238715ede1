"""Facts of the past that nobody needs any more, or that must not be known any more."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from zhitong.kernel.bus.models import Delivery, Event


def over(before: datetime) -> QuerySet[Event]:
    """Facts older than ``before`` that everybody who was owed them has heard or was spared.

    Keys grow with time, so the search ends at the first younger fact and does not walk the
    whole table. A fact and its deliveries go together: a fact without its deliveries would look
    as if nobody had heard it.
    """
    owed = Delivery.objects.filter(event=OuterRef("pk"), done_at=None)
    old = Event.objects.filter(~Exists(owed), at__lt=before)
    young = Event.objects.filter(at__gte=before).order_by("pk").values_list("pk", flat=True).first()
    return old if young is None else old.filter(pk__lt=young)


def forget(aggregate: str) -> int:
    """Remove the facts about something that everybody has heard; returns how many rows went.

    What is still owed stays until it was heard, and goes by its age.
    """
    owed = Delivery.objects.filter(event=OuterRef("pk"), done_at=None)
    return Event.objects.filter(~Exists(owed), aggregate=aggregate).delete()[0]
