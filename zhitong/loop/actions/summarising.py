"""Words for everybody, from one person's words: drafted, reviewed by another, withdrawn."""

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.clock import now
from zhitong.kernel.errors import Invalid, Refusal, Stale
from zhitong.kernel.scope import current
from zhitong.kernel.text.personal import LABELS
from zhitong.loop import queries
from zhitong.loop.actions.moving import checked_words
from zhitong.loop.actions.publishing import lay_open
from zhitong.loop.domain.publishing import (
    Seen,
    SummaryState,
    kept_of,
    personal,
    unseen,
)
from zhitong.loop.models import Matter, Summary


class SamePerson(Refusal):
    """Whoever drafted a summary wants to release it alone."""

    status = 409
    code = "same_person"
    sentence = _("Somebody else has to review what you drafted. Ask a colleague.")


class NotADraft(Refusal):
    """The step does not fit the state that the summary is in."""

    status = 409
    code = "not_a_draft"
    sentence = _("The summary is not in that state any more. Reload to see it.")


@action("loop.draft_summary", describe=_("Draft the public summary of a matter"))
def draft_summary(
    *,
    id: UUID,
    text: str,
    answer: str = "",
    kept: Sequence[str] = (),
    pictures: Mapping[UUID, Seen] | None = None,
    version: int | None = None,
) -> Summary:
    """Write the draft, or write it anew; a released one must be withdrawn first.

    Refused while something personal is found in the text that is not among ``kept`` (class and
    words, as ``Part.key``), and until every picture was looked at. ``version`` is that of the
    summary that was on the screen, None when there was none.
    """
    matter = queries.matter(id)
    clean = checked_words(text, field="text")
    said = checked_words(answer, field="answer", required=False)
    _nothing_personal(clean, kept, field="text")
    _nothing_personal(said, kept, field="answer")
    before = queries.summary_of(matter)
    _same(before, version)
    if before and before.state == SummaryState.REVIEWED:
        raise NotADraft
    scope = current()
    content = {
        "text": clean,
        "answer": said,
        "kept": kept_of(f"{clean}\n{said}", kept),
        "pictures": _looked_at(matter, pictures or {}),
        "state": SummaryState.DRAFT,
        "drafted_by": scope.actor,
        "drafted_label": scope.label,
        "drafted_at": now(),
    }
    _written_down(matter, SummaryState.DRAFT, content["kept"])
    if before is None:
        row: Summary = Summary.objects.create(matter=matter, **content)
        return row
    content |= {"reviewed_by": "", "reviewed_label": "", "reviewed_at": None}
    content |= {"withdrawn_label": "", "withdrawn_at": None, "reason": ""}
    return _swap(before, content)


@action("loop.review_summary", describe=_("Review the public summary of a matter"))
def review_summary(*, id: UUID, version: int, pictures: Sequence[UUID] = ()) -> Summary:
    """Release the draft. The reviewer is not the drafter, has looked at each picture that goes
    out (``pictures``), and the text is searched once more with today's rules."""
    matter = queries.matter(id)
    draft = queries.summary(matter)
    _same(draft, version)
    if draft.state != SummaryState.DRAFT:
        raise NotADraft
    scope = current()
    if scope.actor == draft.drafted_by:
        raise SamePerson
    _nothing_personal(draft.text, draft.kept, field="text")
    _nothing_personal(draft.answer, draft.kept, field="answer")
    known = {photo.pk for photo in queries.all_photos(matter)}
    if set(pictures) != set(draft.shown) or known != set(draft.seen):
        raise Invalid(fields={"pictures": _LOOK})
    _written_down(matter, SummaryState.REVIEWED, draft.kept)
    released = _swap(
        draft,
        {
            "state": SummaryState.REVIEWED,
            "reviewed_by": scope.actor,
            "reviewed_label": scope.label,
            "reviewed_at": now(),
        },
    )
    lay_open(matter, released)
    return released


@action("loop.withdraw_summary", describe=_("Withdraw the public summary of a matter"))
def withdraw_summary(*, id: UUID, reason: str, version: int) -> Summary:
    """Take back a draft or a released summary; from then on nothing of it is public."""
    matter = queries.matter(id)
    found = queries.summary(matter)
    _same(found, version)
    if found.state == SummaryState.WITHDRAWN:
        raise NotADraft
    why = checked_words(reason, field="reason")
    _written_down(matter, SummaryState.WITHDRAWN, [])
    back = _swap(
        found,
        {
            "state": SummaryState.WITHDRAWN,
            "withdrawn_label": current().label,
            "withdrawn_at": now(),
            "reason": why,
        },
    )
    lay_open(matter, back)
    return back


_LOOK = _("Look at every picture and decide about each: are faces of children visible?")
_STILL = _(
    "Something personal is still in the text: %(told)s. Take it out, or tick below what may be "
    "public."
)


def _nothing_personal(text: str, kept: Sequence[str], *, field: str) -> None:
    """Raises Invalid, naming the classes that are still found, and never the words themselves."""
    if still := personal(text, kept):
        kinds = Counter(part.finding.kind for part in still if part.finding)
        told = "、".join(f"{LABELS[kind]} × {count}" for kind, count in kinds.items())
        raise Invalid(fields={field: str(_STILL) % {"told": told}})


def _looked_at(matter: Matter, seen: Mapping[UUID, Seen]) -> dict[str, str]:
    known = [photo.pk for photo in queries.all_photos(matter)]
    if unseen(known, seen):
        raise Invalid(fields={"pictures": _LOOK})
    return {picture.hex: Seen(seen[picture]).value for picture in known}


def _same(found: Summary | None, version: int | None) -> None:
    if (found.version if found else None) != version:
        raise Stale


def _written_down(matter: Matter, state: SummaryState, kept: object) -> None:
    count = len(kept) if isinstance(kept, list) else 0
    acted_on(matter.target, path=matter.area_path, summary=state.value, kept=count)


def _swap(row: Summary, changes: dict[str, object]) -> Summary:
    changes = changes | {"version": row.version + 1}
    if Summary.objects.filter(pk=row.pk, version=row.version).update(**changes) != 1:
        raise Stale
    for name, value in changes.items():
        setattr(row, name, value)
    return row
