"""The owner's side: notes among colleagues, the answer, the outcome, a refusal with its reason."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import action
from zhitong.kernel.bus.emit import emit
from zhitong.kernel.errors import Invalid
from zhitong.loop import queries
from zhitong.loop.actions.drafting import carry_along, forget_draft
from zhitong.loop.actions.moving import advance, checked_words
from zhitong.loop.actions.replying import with_no_gap
from zhitong.loop.actions.tasks import none_open
from zhitong.loop.domain import Outcome, Verb
from zhitong.loop.domain.drafting import Box
from zhitong.loop.events import MatterAnswered, MatterAsked, MatterClosed, MatterRefused


@action("loop.note", describe=_("Write an internal note on a matter"))
def note(*, id: UUID, text: str) -> None:
    """Add a note that only staff see."""
    matter = queries.matter(id)
    before = matter.version
    advance(matter, Verb.NOTE, text=checked_words(text, field="text"), public=False)
    carry_along(matter, before)
    forget_draft(matter, Box.NOTE)


@action("loop.ask", describe=_("Ask the resident a question"))
def ask(*, id: UUID, text: str, version: int | None = None) -> None:
    """Ask; while we wait for a word of theirs the time for the end stands still, within bounds."""
    matter = queries.matter(id)
    step = advance(matter, Verb.ASK, text=checked_words(text, field="text"), version=version)
    emit(MatterAsked(str(matter.pk), str(step.pk)), path=matter.area_path)


@action("loop.answer", describe=_("Answer a matter"))
def answer(
    *,
    id: UUID,
    text: str,
    version: int | None = None,
    outcome: str = "",
    cancel_tasks: str = "",
) -> UUID:
    """Answer the resident; returns the id of the step that holds the answer.

    With an ``outcome`` the matter is also closed, in the same transaction; that takes the
    permit to close. ``cancel_tasks`` as for closing. Raises Invalid where a gap of a prepared
    answer is still open.
    """
    matter, said = queries.matter(id), with_no_gap(checked_words(text, field="text"))
    step = advance(matter, Verb.ANSWER, text=said, version=version)
    forget_draft(matter, Box.ANSWER)
    fact = MatterAnswered(str(matter.pk), str(step.pk), matter.channel, matter.external_id)
    emit(fact, path=matter.area_path)
    if outcome:
        close(id=id, outcome=outcome, cancel_tasks=cancel_tasks)
    return step.pk


@action("loop.close", describe=_("Close a matter with its outcome"))
def close(*, id: UUID, outcome: str, version: int | None = None, cancel_tasks: str = "") -> None:
    """Name the outcome and close; possible only after an answer. The resident is asked to rate.

    ``cancel_tasks`` says why work that is open with colleagues is not needed any more; without
    it OpenTasks is raised when there is some.
    """
    if outcome not in set(Outcome):
        raise Invalid(fields={"outcome": _("Choose how the matter ended.")})
    matter = queries.matter(id)
    version = none_open(matter, version, cancel_tasks)
    advance(matter, Verb.CLOSE, version=version, data={"outcome": outcome}, outcome=outcome)
    emit(MatterClosed(str(matter.pk), outcome), path=matter.area_path)


@action("loop.refuse", describe=_("Refuse a matter with a reason"))
def refuse(*, id: UUID, reason: str, version: int | None = None, cancel_tasks: str = "") -> None:
    """Refuse; the resident reads the reason and may send the matter round again.

    ``cancel_tasks`` as for closing.
    """
    matter = queries.matter(id)
    version = none_open(matter, version, cancel_tasks)
    advance(matter, Verb.REFUSE, text=checked_words(reason, field="reason"), version=version)
    emit(MatterRefused(str(matter.pk)), path=matter.area_path)
