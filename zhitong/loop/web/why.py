"""Why a matter is where it is, as one sentence: from its steps, without asking the database."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from zhitong.loop.categories import label_of
from zhitong.loop.domain import Verb
from zhitong.loop.models import Step


def why_here(steps: Sequence[Step]) -> str:
    """What the owner reads: who passed it on, or which rule decided. '' where nobody kept it."""
    for step in reversed(steps):
        if step.verb == Verb.REASSIGN:
            return _passed_on(step)
        if step.verb == Verb.OPEN:
            return why_told(step.data.get("why", {}))
    return ""


def why_told(why: Mapping[str, Any]) -> str:
    """What the rules said when it came in."""
    if "rule" in why:
        told = {"about": label_of(why["category"]), "place": why["place"], "post": why["post"]}
        return _("By a rule, “%(about)s” at %(place)s goes to %(post)s.") % told
    if "post" in why:
        sentence = _("No rule says otherwise, so the nearest post that serves the place: %(post)s.")
        return sentence % {"post": why["post"]}
    return ""


def _passed_on(step: Step) -> str:
    if not step.text:
        return _("Its place was corrected, and this post is responsible there.")
    return _("%(by)s passed it on: %(reason)s") % {"by": step.label, "reason": step.text}


def dangers(steps: Sequence[Step]) -> str:
    """The numbers that the first words point to, for staff; '' when they speak of no danger."""
    return "、".join(steps[0].data.get("danger", ())) if steps else ""


def came_from(steps: Sequence[Step]) -> str:
    """The line that passed it on to us, for staff; '' when it came straight."""
    line = steps[0].data.get("came_from", "") if steps else ""
    return _("from %(line)s") % {"line": line} if line else ""
