"""What the timeline says of the steps about whose a matter is, and who works on it."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from zhitong.loop.categories import label_of
from zhitong.loop.domain import Verb
from zhitong.loop.models import Step
from zhitong.loop.web.taskwords import task_words


def _sent_back(step: Step) -> str:
    told = {"post": step.data.get("post", ""), "reason": step.text}
    return _("It belongs to %(post)s: %(reason)s") % told


def _reclassified(step: Step) -> str:
    kinds = {"before": label_of(step.data["from"]), "after": label_of(step.data["to"])}
    return _("From “%(before)s” to “%(after)s”") % kinds + f"\n{step.text}"


OF_OWNING: Mapping[str, Callable[[Step], str]] = {
    Verb.SEND_BACK: _sent_back,
    Verb.RECLASSIFY: _reclassified,
    Verb.SET_TASK: task_words,
    Verb.END_TASK: task_words,
}
