"""Asking colleagues at other posts for a piece of work. Residents never see any of it."""

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from zhitong.kernel.actions import action
from zhitong.kernel.bus.emit import emit
from zhitong.kernel.clock import now
from zhitong.kernel.errors import Invalid, Refusal, Stale
from zhitong.kernel.identity.queries import posts_serving
from zhitong.kernel.scope import current
from zhitong.loop import queries
from zhitong.loop.actions.moving import advance, checked_words
from zhitong.loop.actions.returning import NotYours
from zhitong.loop.domain import Verb
from zhitong.loop.domain.tasks import MOST_OPEN, TaskState, fits
from zhitong.loop.events import TaskEnded, TaskSet
from zhitong.loop.models import Matter, Task
from zhitong.loop.queries import tasks
from zhitong.loop.queries.routing import Owner

OUT_OF_SIGHT = _(
    "This post does not see the matter, because it serves another place. Ask a post that serves "
    "this place, or one above."
)
OWN = _("This post owns the matter. Ask another one.")
WRONG_DAY = _("Choose a day from today until the matter's own due day.")
TOO_MANY = _("So much is open with colleagues already. Wait for some of it, or cancel it.")
OPEN = ngettext_lazy(
    "%(n)d piece of work is open with colleagues. Say why it is not needed any more, or wait for "
    "it.",
    "%(n)d pieces of work are open with colleagues. Say why they are not needed any more, or wait "
    "for them.",
    "n",
)


class NotAsked(Refusal):
    """It is asked of another post."""

    status = 409
    code = "not_asked"
    sentence = _("Only the post that was asked can do this.")


class OpenTasks(Refusal):
    """A matter does not end while colleagues work on it, unless somebody says so."""

    status = 409
    code = "open_tasks"


@action("loop.set_task", describe=_("Ask colleagues for a piece of work"))
def set_task(*, id: UUID, post: UUID, text: str, due_on: date, version: int | None = None) -> UUID:
    """Ask another post, by a day within the matter's own time; returns the task's id.

    The post has to see the matter by its place: nobody is let into an area by being asked.
    Raises NotYours, Invalid.
    """
    matter, scope, at = queries.matter(id), current(), now()
    if matter.owner_id not in scope.posts:
        raise NotYours
    to = _asked(matter, post)
    if not fits(due_on, today=timezone.localdate(at), end_on=tasks.end_on(matter)):
        raise Invalid(fields={"due_on": WRONG_DAY})
    if len(tasks.open_of(matter)) >= MOST_OPEN:
        raise Invalid(TOO_MANY)
    row: Task = Task.objects.create(
        matter=matter,
        post_id=to.pk,
        text=checked_words(text, field="text"),
        due_on=due_on,
        asked_by=scope.actor,
        asked_label=scope.label,
        asked_at=at,
    )
    data: dict[str, object] = {"task": str(row.pk), "post": to.name, "due_on": due_on.isoformat()}
    advance(matter, Verb.SET_TASK, text=row.text, public=False, version=version, data=data)
    emit(TaskSet(str(matter.pk), str(row.pk), str(to.pk)), path=matter.area_path)
    return row.pk


@action("loop.end_task", describe=_("Do a piece of work for colleagues, or decline it"))
def end_task(*, id: UUID, done: bool, answer: str) -> None:
    """Say what was done, or why not. Raises NotAsked, Stale when it has ended."""
    row = tasks.task(id)
    if row.post_id not in current().posts:
        raise NotAsked
    said = checked_words(answer, field="answer")
    _end(row, row.matter, TaskState.DONE if done else TaskState.DECLINED, said)


@action("loop.cancel_task", describe=_("Cancel a piece of work asked of colleagues"))
def cancel_task(*, id: UUID, reason: str) -> None:
    """The lead does not need it any more. Raises NotYours, Stale when it has ended."""
    row = tasks.task(id)
    if row.matter.owner_id not in current().posts:
        raise NotYours
    said = checked_words(reason, field="reason")
    _end(row, row.matter, TaskState.CANCELLED, said)


def none_open(matter: Matter, version: int | None, reason: str) -> int | None:
    """Before a matter ends: cancel what is open with colleagues, for a reason; else OpenTasks.

    Returns the version to go on with: cancelling is a step, so the one on the screen is used up.
    """
    found = tasks.open_of(matter)
    if not found:
        return version
    if version is not None and version != matter.version:
        raise Stale
    if not reason.strip():
        raise OpenTasks(fields={"cancel_tasks": OPEN % {"n": len(found)}})
    said = checked_words(reason, field="cancel_tasks")
    for row in found:
        _end(row, matter, TaskState.CANCELLED, said)
    return None


def _asked(matter: Matter, post: UUID) -> Owner:
    found = posts_serving(matter.area_path).filter(pk=post).first()
    if found is None:
        raise Invalid(fields={"post": OUT_OF_SIGHT})
    if found.pk == matter.owner_id:
        raise Invalid(fields={"post": OWN})
    return found


def _end(row: Task, matter: Matter, state: TaskState, said: str) -> None:
    scope = current()
    ended = {
        "state": state,
        "answer": said,
        "ended_by": scope.actor,
        "ended_label": scope.label,
        "ended_at": now(),
    }
    if Task.objects.filter(pk=row.pk, state=TaskState.OPEN).update(**ended) != 1:
        raise Stale
    data: dict[str, object] = {"task": str(row.pk), "post": row.post.name, "state": state.value}
    advance(matter, Verb.END_TASK, text=said, public=False, data=data)
    emit(TaskEnded(str(matter.pk), str(row.pk), state.value), path=matter.area_path)
