"""Others look at a note: they approve it, send it back, or look again at what went out urgently."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import action
from zhitong.kernel.clock import now
from zhitong.kernel.errors import Invalid
from zhitong.kernel.scope import current
from zhitong.kernel.text.clean import clean_line
from zhitong.lines.microblog.desk import queries
from zhitong.lines.microblog.desk.actions.moving import (
    NotNow,
    OwnWords,
    deed,
    must_be_clean,
    require,
    step,
    touch,
)
from zhitong.lines.microblog.desk.categories import categories
from zhitong.lines.microblog.desk.domain import Verb, approved
from zhitong.lines.microblog.desk.models import Note

LONGEST = 500


@action("desk.review", describe=_("Approve a note, or send it back"))
def review(*, note: UUID, version: int, approve: bool, words: str = "") -> Note:
    """Say yes or no to the latest version. Raises OwnWords to its author, NotNow, Stale."""
    found = queries.note(note)
    latest, scope = queries.latest(found), current()
    if latest.author == scope.actor:
        raise OwnWords
    if not approve:
        said = clean_line(words, max_length=LONGEST)
        if not said.strip():
            raise Invalid(fields={"words": _("Say what has to change.")})
        step(found, Verb.SEND_BACK, version=version)
        deed(found, Verb.SEND_BACK, said)
        return found
    must_be_clean(found, latest)
    require(found, Verb.APPROVE, version)
    deed(found, Verb.APPROVE, clean_line(words, max_length=LONGEST))
    if approved(categories()[found.category], queries.approvers(found), {latest.author}):
        step(found, Verb.APPROVE)
        if found.urgent:
            step(found, Verb.SCHEDULE, due_at=now())
    else:
        touch(found)
    return found


@action("desk.confirm", describe=_("Look again at what went out urgently"))
def confirm(*, note: UUID, version: int) -> Note:
    """Say that what went out with one approval was right. Not by its author or approver."""
    found = queries.note(note)
    if found.look_again_at is None:
        raise NotNow
    if current().actor in {queries.latest(found).author, *queries.approvers(found)}:
        raise OwnWords
    step(found, Verb.CONFIRM, version=version, look_again_at=None)
    deed(found, Verb.CONFIRM)
    return found
