"""Turning matters and steps into what the shell's components show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from zhitong.kernel.audit.queries import Look
from zhitong.kernel.errors import Sentence
from zhitong.kernel.permits import PERMITS
from zhitong.kernel.purposes import DUTY, in_words
from zhitong.loop.agreements import item_label
from zhitong.loop.domain import Stage, Verb
from zhitong.loop.domain.merging import meant
from zhitong.loop.models import Matter, Photo, Step
from zhitong.loop.web import together
from zhitong.loop.web.stepwords import OF_OWNING
from zhitong.loop.web.together import OF_TWO
from zhitong.loop.words import DONE_TO_YOURS, OUTCOMES, OWN_VERBS, VERBS
from zhitong.shell import parts
from zhitong.shell.journey import Journey, journey

STOP_OF = {
    Verb.OPEN: "received",
    Verb.TAKE: "owned",
    Verb.ANSWER: "answered",
    Verb.CLOSE: "closed",
    Verb.RATE: "rated",
    Verb.WITHDRAW: "withdrawn",
    Verb.REFUSE: "refused",
}


def code_of(matter: Matter) -> str:
    """The code of the matter's area: its path without the strokes."""
    return matter.area_path.replace("/", "")


def way(matter: Matter, steps: Iterable[Step]) -> Journey:
    """The matter's stops: the first round's receipt, then what this round has reached."""
    reached: dict[str, datetime] = {}
    for step in steps:
        stop = STOP_OF.get(Verb(meant(step.verb, step.data)))
        if stop and (step.round == matter.round or stop == "received"):
            reached.setdefault(stop, step.at)
        if step.verb == Verb.REOPEN and step.round == matter.round:
            reached["owned"] = step.at
        if step.verb == Verb.REASSIGN:
            reached.pop("owned", None)
    ended = matter.stage if matter.stage in {Stage.WITHDRAWN, Stage.REFUSED} else ""
    return journey(reached=reached, due_at=matter.due_at, rounds=matter.round, ended=ended)


def steps_seen(
    matter: Matter, steps: Iterable[Step], photos: Sequence[parts.Photo], *, own: bool = False
) -> list[parts.StepSeen]:
    """The timeline as the reader may see it; the caller has left out what is not for them.

    ``own`` speaks to the one who said it, instead of about them.
    """
    titles = VERBS | OWN_VERBS if own else VERBS
    return [_seen(matter, step, photos, titles[_titled(step)], own=own) for step in steps]


def _titled(step: Step) -> str:
    """What a step is called: one that was passed on, as what it was over there."""
    there = meant(step.verb, step.data)
    return step.verb if there == Verb.ADD else there


def _seen(
    matter: Matter, step: Step, photos: Sequence[parts.Photo], title: Sentence, *, own: bool
) -> parts.StepSeen:
    opening = step.verb == Verb.OPEN
    return parts.StepSeen(
        title=title,
        at=step.at,
        by=step.label or _by(step.actor, own=own),
        words=matter.words if opening else _words(step),
        internal=not step.public,
        answer=meant(step.verb, step.data) == Verb.ANSWER,
        photos=photos if opening else (),
    )


def _words(step: Step) -> str:
    if step.verb in OF_TWO:
        return together.words(step)
    if step.verb == Verb.CLOSE:
        return str(OUTCOMES.get(step.data.get("outcome", ""), ""))
    if step.verb == Verb.REASSIGN:
        told = {"post": step.data.get("post", ""), "reason": step.text or _("responsible there")}
        return _("To %(post)s: %(reason)s") % told
    if tells := OF_OWNING.get(step.verb):
        return tells(step)
    if step.verb == Verb.HAND_OVER:
        named = {"to": step.data.get("to", ""), "item": item_label(step.data.get("item", ""))}
        return _("To %(to)s: %(item)s") % named + f"\n{step.text}"
    if step.verb == Verb.MOVE_AREA:
        places = {"before": step.data.get("from", ""), "place": step.data.get("to", "")}
        return _("From %(before)s to %(place)s") % places
    if "stars" in step.data:
        stars = _("%(stars)d of 5") % {"stars": step.data["stars"]}
        return f"{stars}\n{step.text}".strip()
    return step.text


def _by(actor: str, *, own: bool) -> str:
    if actor.partition(":")[0] not in {"link", "resident", "public"}:
        return ""
    return _("You") if own else _("The resident")


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who opened a record or acted on it."""

    label: str
    at: datetime
    what: object
    purpose: str


def readers(looks: Iterable[Look]) -> list[Reader]:
    """Who opened the record, as the resident reads it."""
    return [
        Reader(
            label=look.label or _("The system"),
            at=look.at,
            what=_what(look.action),
            purpose=_what_for(look),
        )
        for look in looks
    ]


def _what(action: str) -> object:
    return DONE_TO_YOURS.get(action) or (PERMITS[action].describe if action in PERMITS else action)


def _what_for(look: Look) -> str:
    """Only what people do not expect: duty goes without saying, as does the system's own work."""
    expected = look.purpose == DUTY or look.actor.startswith("system:")
    return "" if expected else in_words(look.purpose)


def pictures(
    photos: Iterable[Photo], view: str, code: str, *, own: bool = False
) -> list[parts.Photo]:
    """Pictures with the address under which this reader may fetch them."""
    alt = _("Your picture %(number)d") if own else _("Picture %(number)d sent by the resident")
    return [
        parts.Photo(
            url=(url := reverse(view, args=[code, photo.pk])),
            small_url=url,
            alt=alt % {"number": number},
        )
        for number, photo in enumerate(photos, 1)
    ]
