"""Passing on, between matters that are dealt with as one: news to residents, words to staff."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.clock import now
from zhitong.kernel.reveal import handed_on
from zhitong.kernel.text.personal import LABELS, Kind, redacted
from zhitong.loop import queries
from zhitong.loop.actions.moving import record
from zhitong.loop.domain import Verb
from zhitong.loop.domain.merging import MEANT, OTHER, impersonal
from zhitong.loop.models import Matter, Step

PASS_ON, HAND_ON = "loop.pass_on", "loop.hand_on"
ALWAYS_PERSONAL = frozenset({Kind.ID_NUMBER, Kind.BANK_CARD, Kind.PLATE})
"""What never travels from one resident to another; offices' numbers and places have to."""

WITH_WORDS = frozenset({Verb.ANSWER, Verb.ASK, Verb.REFUSE})


@action(PASS_ON, describe=_("Tell a resident what was said about the same thing"))
def pass_on(*, id: UUID, main: UUID, verb: str, step: UUID | None = None) -> None:
    """Put what was done on the main matter on the timeline of one merged into it.

    ``step`` names the step; else it is the last of this verb. Answers, questions and reasons come
    without the names and numbers of the other residents, and nothing of what those said.
    """
    matter, other = queries.matter(id), queries.matter(main)
    rows = Step.objects.filter(matter=other, verb=verb).order_by("at", "id")
    found = rows.filter(pk=step).first() if step else rows.last()
    data: dict[str, object] = {OTHER: str(main), MEANT: verb}
    if found is not None and "outcome" in found.data:
        data["outcome"] = found.data["outcome"]
    own = found is not None and verb in WITH_WORDS
    text = _for_others(found.text, other, but=matter) if found and own else ""
    label = found.label if found and own else ""
    record(matter, Verb.TOLD, at=now(), text=text, data=data, label=label)
    acted_on(matter.target, path=matter.area_path, told=verb)


@action(HAND_ON, describe=_("Show a resident's words to who deals with the same thing"))
def hand_on(*, id: UUID, matter: UUID, step: UUID) -> None:
    """Note on the main matter that somebody said more on one merged into it; no word is copied."""
    main, other = queries.matter(id), queries.matter(matter)
    data: dict[str, object] = {OTHER: str(matter), MEANT: Verb.ADD, "code": other.code}
    data["step"] = str(step)
    record(main, Verb.TOLD, at=now(), public=False, data=data)
    acted_on(main.target, path=main.area_path, code=other.code)


@sensitive_variables()
def _for_others(text: str, main: Matter, *, but: Matter) -> str:
    """What was written to one resident, as the one of ``but`` may read it."""
    ids = [id for id in queries.merged_here(main) if id != str(but.pk)]
    with translation.override(settings.LANGUAGE_CODE):
        plain = redacted(text, ALWAYS_PERSONAL)
        said = _names([main, *Matter.objects.filter(pk__in=ids)])
        return impersonal(plain, said, f"〔{LABELS[Kind.NAME]}〕")


@sensitive_variables()
def _names(matters: Iterable[Matter]) -> list[str]:
    """How the residents of these matters are called, and their numbers; nobody is shown them."""
    sealed = [value for one in matters for value in (one.resident_name, one.resident_phone)]
    return [handed_on(value) for value in sealed if value is not None]
