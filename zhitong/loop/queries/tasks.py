"""Work among colleagues: what one's posts are asked for, and what a matter's lead asked."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from zhitong.kernel.errors import NotFound
from zhitong.loop.domain.policy import Target
from zhitong.loop.domain.tasks import TaskState
from zhitong.loop.models import Matter, Task
from zhitong.loop.queries.lives import life, reckoned

LISTED = 100
LATELY = 20


def task(id: UUID) -> Task:
    """One task with its matter. Raises NotFound outside reach."""
    found: Task | None = _all().filter(pk=id).first()
    if found is None:
        raise NotFound
    return found


def asked_of(posts: Sequence[UUID]) -> list[Task]:
    """What these posts are asked for and have not done, soonest due first, LISTED at most."""
    rows = _all().filter(post__in=posts, state=TaskState.OPEN, matter__due_at__isnull=False)
    return list(rows.order_by("due_on", "id")[:LISTED])


def ended_lately(posts: Sequence[UUID]) -> list[Task]:
    """What these posts did or declined, or what was cancelled, the newest first."""
    rows = _all().filter(post__in=posts, ended_at__isnull=False)
    return list(rows.order_by("-ended_at")[:LATELY])


def tasks_of(matter: Matter) -> list[Task]:
    """Everything that was asked of colleagues about a matter, in order."""
    return list(_all().filter(matter=matter).order_by("id"))


def open_of(matter: Matter) -> list[Task]:
    """What is still open of it."""
    return list(_all().filter(matter=matter, state=TaskState.OPEN).order_by("id"))


def end_on(matter: Matter) -> date | None:
    """The day by which the end of the matter is promised. Two queries."""
    clock = reckoned(matter.opened_at, life(matter))
    due = [debt.due_at for debt in clock.debts if debt.open and debt.target is Target.RESOLUTION]
    return timezone.localdate(due[0]) if due else None


def _all() -> QuerySet[Task]:
    return Task.objects.select_related("matter", "matter__owner", "post")
