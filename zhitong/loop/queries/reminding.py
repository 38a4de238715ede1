"""Which matters to look at because time has passed, and who was reminded of what."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from zhitong.kernel.clock import now
from zhitong.kernel.clock.queries import business_calendar
from zhitong.loop.domain.ladder import Reached, next_look, reached
from zhitong.loop.models import Matter, Reminder
from zhitong.loop.queries.lives import life, reckoned

BATCH = 300
SHOWN = 100


def to_look_at() -> list[UUID]:
    """Open matters on which a rung may be reached by now, and those never looked at."""
    rows = Matter.objects.filter(due_at__isnull=False)
    due = rows.filter(remind_at__lte=now()).order_by("remind_at")
    new = rows.filter(remind_at=None).order_by()
    found = list(due.values_list("pk", flat=True)[:BATCH])
    return found or list(new.values_list("pk", flat=True)[:BATCH])


def standing(matter: Matter) -> tuple[list[Reached], datetime | None]:
    """The rungs reached that nobody was told of yet, and when to look again."""
    clock, calendar = reckoned(matter.opened_at, life(matter)), business_calendar()
    told = set(Reminder.objects.filter(matter=matter).values_list("round", "target", "rung"))
    fresh = [
        each
        for each in reached(clock, calendar)
        if (each.round, each.target, each.rung) not in told
    ]
    return fresh, next_look(clock, calendar)


def reminders(posts: Sequence[UUID]) -> list[Reminder]:
    """What these posts were reminded of and is still open, the newest first, SHOWN at most."""
    rows = Reminder.objects.filter(post__in=posts, matter__due_at__isnull=False)
    return list(rows.select_related("matter").order_by("-id")[:SHOWN])
