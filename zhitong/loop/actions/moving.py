"""One step of a matter: the lifecycle asked, the row moved by compare-and-swap, the step kept."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import acted_on
from zhitong.kernel.clock import now
from zhitong.kernel.errors import Invalid, Refusal, Stale
from zhitong.kernel.scope import current
from zhitong.kernel.text.clean import clean_text
from zhitong.loop import domain, queries
from zhitong.loop.actions.indexing import index
from zhitong.loop.domain import ENDED, Stage, Verb, WrongStage
from zhitong.loop.domain.lives import event_of
from zhitong.loop.domain.returning import ReturnState
from zhitong.loop.models import Matter, Return, Step

WORDS_LIMIT = 10_000


class NotNow(Refusal):
    """The lifecycle does not have this step from where the matter stands."""

    status = 409
    code = "not_now"
    sentence = _("This step is not possible at the stage the matter is in. Reload to see it.")


def checked_words(text: str, *, field: str = "words", required: bool = True) -> str:
    """What somebody wrote, checked but not altered. Raises Invalid, naming the field."""
    try:
        clean = clean_text(text, max_length=WORDS_LIMIT)
    except Invalid as problem:
        raise Invalid(fields={field: problem.message}) from problem
    if clean.strip():
        return clean
    if required:
        raise Invalid(fields={field: _("Please write something here.")})
    return ""


def advance(
    matter: Matter,
    verb: Verb,
    *,
    text: str = "",
    public: bool = True,
    version: int | None = None,
    data: dict[str, object] | None = None,
    back_to: Stage | None = None,
    **changes: object,
) -> Step:
    """Move ``matter`` by one step and return the step.

    ``back_to`` is where an undone merge leads back to; no table can say. Raises NotNow when the
    lifecycle forbids the step and Stale when ``version`` is not the current one or somebody else
    moved the matter at the same time.
    """
    if version is not None and version != matter.version:
        raise Stale
    at = now()
    stage = back_to or require_possible(matter, verb)
    told = data or {}
    _lapse(matter, stage, changes)
    _swap(matter, stage, at, _dues(matter, verb, at, told) | changes)
    acted_on(matter.target, path=matter.area_path, verb=verb.value, stage=stage.value)
    step = record(matter, verb, at=at, text=text, public=public, data=data)
    if text and public:
        index(matter)
    return step


def require_possible(matter: Matter, verb: Verb) -> Stage:
    """The stage that ``verb`` leads to. Raises NotNow when the lifecycle forbids it."""
    try:
        return domain.move(Stage(matter.stage), verb)
    except WrongStage as wrong:
        raise NotNow(reason=f"{wrong.stage}:{wrong.verb}") from wrong


def _dues(matter: Matter, verb: Verb, at: datetime, data: dict[str, object]) -> dict[str, object]:
    """When the next thing is due once this step was made; when to remind is looked at anew."""
    event = event_of(verb, at, data)
    if event is None:
        return {}
    due = queries.next_due(matter.opened_at, [*queries.life(matter), event], at=at)
    return {"due_at": due, "remind_at": None}


def _lapse(matter: Matter, stage: Stage, changes: dict[str, object]) -> None:
    """What was asked about a matter at one post is over when it goes to another, or ends."""
    owner = changes.get("owner", matter.owner)
    if owner != matter.owner or stage in ENDED:
        asked = Return.objects.filter(matter=matter, state=ReturnState.ASKED)
        asked.update(state=ReturnState.LAPSED)


def _swap(matter: Matter, stage: Stage, at: datetime, changes: dict[str, object]) -> None:
    if stage != matter.stage:
        changes["ended_at"] = at if stage in ENDED else None
    changes |= {"stage": stage, "version": matter.version + 1}
    swapped = Matter.objects.filter(pk=matter.pk, version=matter.version).update(**changes)
    if swapped != 1:
        raise Stale
    for name, value in changes.items():
        setattr(matter, name, value)


def record(
    matter: Matter,
    verb: Verb,
    *,
    at: datetime,
    text: str = "",
    public: bool = True,
    data: dict[str, object] | None = None,
    label: str = "",
) -> Step:
    """Add a step to the timeline without moving anything; ``label`` if somebody else did it."""
    scope = current()
    step: Step = Step.objects.create(
        matter=matter,
        verb=verb,
        stage=_stage_kept(matter, verb),
        round=matter.round,
        public=public,
        actor=scope.actor,
        label=label or scope.label,
        text=text,
        data=data or {},
        at=at,
    )
    return step


def _stage_kept(matter: Matter, verb: Verb) -> str:
    """The stage that a step keeps: of what was said while merged, the one beneath the merge."""
    beneath = queries.merged(matter) if verb in {Verb.ADD, Verb.NOTE} else None
    return beneath.stage if beneath else matter.stage


def account_of(actor: str) -> UUID | None:
    """The account behind an actor, None for anyone but staff."""
    kind, _sep, key = actor.partition(":")
    return UUID(key) if kind == "staff" else None
