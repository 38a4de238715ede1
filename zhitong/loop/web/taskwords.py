"""Work among colleagues, as the timeline and the lists say it."""

from datetime import date

from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from zhitong.loop.domain import Verb
from zhitong.loop.domain.tasks import TaskState
from zhitong.loop.models import Step
from zhitong.shell import timewords

STATES: dict[str, Promise] = {
    TaskState.OPEN: pgettext_lazy("task", "Open"),
    TaskState.DONE: pgettext_lazy("task", "Done"),
    TaskState.DECLINED: pgettext_lazy("task", "Declined"),
    TaskState.CANCELLED: pgettext_lazy("task", "Cancelled"),
}
MOOT = pgettext_lazy("task", "No longer needed")
"""Open when its resident took the matter back."""


def task_words(step: Step) -> str:
    """What was asked of which post by when, or what has become of it."""
    told = {"post": step.data.get("post", ""), "words": step.text}
    if "task" not in step.data:  # its matter was emptied
        return ""
    if step.verb == Verb.SET_TASK:
        told["day"] = timewords.day_of(date.fromisoformat(step.data["due_on"]), localdate())
        return _("%(post)s, by %(day)s: %(words)s") % told
    told["state"] = str(STATES.get(step.data.get("state", ""), ""))
    return _("%(post)s, %(state)s: %(words)s") % told
