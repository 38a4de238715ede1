"""What merging and splitting look like on a timeline and above it."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from zhitong.loop.domain import Verb
from zhitong.loop.domain.merging import joined, meant
from zhitong.loop.models import Step
from zhitong.loop.words import OUTCOMES

OF_TWO = frozenset({Verb.MERGE, Verb.JOIN, Verb.TOLD, Verb.SPLIT})


def words(step: Step) -> str:
    """The words of a step that is about two matters."""
    code = step.data.get("code", "")
    if step.verb == Verb.MERGE:
        return _("Into %(code)s: %(reason)s") % {"code": code, "reason": step.text}
    if step.verb == Verb.JOIN:
        return str(code)
    if step.verb == Verb.SPLIT:
        return _split(step)
    return _told(step, meant(step.verb, step.data))


def _split(step: Step) -> str:
    """On the message: what became of it; on a part: that it is one."""
    if "parts" not in step.data:
        return _("Out of a message about several things.")
    lines = [_("Here: %(words)s") % {"words": step.text}]
    lines += [f"{one['number']}. {one['words']}" for one in step.data["parts"]]
    return "\n".join(lines)


def parts(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """What a message was split into: number, code and beginning of each part."""
    return [one for step in steps if step.verb == Verb.SPLIT for one in step.data.get("parts", ())]


def whole(steps: Sequence[Step]) -> tuple[str, str]:
    """Code and external id of the message that this is a part of; empty when it is none."""
    found = [step.data for step in steps if step.verb == Verb.SPLIT and "of" in step.data]
    return (found[0]["of"], found[0].get("named", "")) if found else ("", "")


def _told(step: Step, there: str) -> str:
    """What was passed on from another matter."""
    match there:
        case Verb.MERGE:
            told = _(
                "Others have said the same. %(post)s deals with all of it, and every answer comes "
                "here as well. If yours is something else, say so below."
            )
            return told % {"post": step.data.get("post", "")}
        case Verb.ADD:
            return _("The resident of %(code)s has added something. Read it there.") % {
                "code": step.data.get("code", "")
            }
        case Verb.CLOSE:
            return str(OUTCOMES.get(step.data.get("outcome", ""), ""))
        case Verb.REOPEN:
            return _("Somebody who said the same was not satisfied. It goes round again.")
    return step.text


def into(steps: Sequence[Step]) -> str:
    """The code of the matter that this one is merged into, from its steps as they count; or ''."""
    found = [step.data.get("code", "") for step in steps if step.verb == Verb.MERGE]
    return found[-1] if found else ""


def here(steps: Sequence[Step]) -> list[str]:
    """The codes of the matters that are merged into this one, from its steps as they count."""
    return list(joined((step.verb, step.at, step.data) for step in steps).values())


def responsible(steps: Sequence[Step], owner: str) -> str:
    """Who deals with a merged matter, as its resident was told; else its owner."""
    told = [s.data.get("post", "") for s in steps if meant(s.verb, s.data) == Verb.MERGE]
    return told[-1] if told and told[-1] else owner


def question(steps: Sequence[Step]) -> str:
    """What those who deal with it asked last, as long as its resident has said nothing since."""
    asked = ""
    for step in steps:
        there = meant(step.verb, step.data)
        if there in {Verb.ASK, Verb.ADD, Verb.ANSWER, Verb.CLOSE, Verb.REFUSE}:
            asked = step.text if there == Verb.ASK else ""
    return asked
