"""Dealing with two matters as one, and taking that back as if it had not happened.

The later matter is merged into the earlier one, whose clock goes on (docs/decisions/0030). What is
told of the main matter is passed on to the residents of the others, without a word or a name of
anybody else; what those say is shown to who deals with the main one.
"""

from contextlib import AbstractContextManager
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.areas.codes import path_of
from zhitong.kernel.bus.emit import emit
from zhitong.kernel.clock import now
from zhitong.kernel.errors import Refusal, Stale
from zhitong.kernel.scope import Reach, Scope, acting
from zhitong.loop import queries
from zhitong.loop.actions.moving import NotNow, advance, checked_words, record
from zhitong.loop.domain import ENDED, Verb
from zhitong.loop.domain.merging import MEANT, OTHER
from zhitong.loop.events import MatterMerged, MatterUnmerged
from zhitong.loop.models import Matter
from zhitong.loop.queries.returning import is_asked_back

JOIN, PART = "loop.join", "loop.part"


class CannotMerge(Refusal):
    """These two cannot become one; the sentence says why, and what can be done."""

    status = 409
    code = "cannot_merge"
    sentence = gettext_lazy("These two matters cannot be merged.")


def between(*permits: str) -> AbstractContextManager[Scope]:
    """Act as the system itself, from one matter to the other: who acts may reach only one."""
    reach = Reach((path_of(settings.COUNTY),))
    scope = Scope("system:loop.merging", reach, frozenset(permits), "merging")
    return acting(scope)


@action(
    "loop.merge",
    describe=gettext_lazy("Merge a matter into an earlier one"),
    lends=frozenset({JOIN}),
)
def merge(*, id: UUID, into: UUID, reason: str, version: int, main_version: int) -> None:
    """From now on the matter is dealt with together with the earlier one ``into``.

    Both must be within reach. Its own time stands still, and its resident hears whatever the
    resident of the other one hears. Raises Invalid, CannotMerge, and Stale when one of both is
    not as it was on the screen.
    """
    matter, main = queries.matter(id), queries.matter(into)
    text = checked_words(reason, field="reason")
    check_merge(matter, main)
    if main_version != main.version:
        raise Stale
    data: dict[str, object] = {
        OTHER: str(main.pk),
        "code": main.code,
        "stage": matter.stage,
        "remind_at": matter.remind_at.isoformat() if matter.remind_at else "",
    }
    advance(matter, Verb.MERGE, text=text, public=False, version=version, data=data)
    told: dict[str, object] = {OTHER: str(main.pk), MEANT: Verb.MERGE, "post": main.owner.name}
    record(matter, Verb.TOLD, at=now(), data=told)
    _join(id=main.pk, other=matter.pk, code=matter.code, version=main_version)
    acted_on(matter.target, path=matter.area_path, main=main.code)
    emit(MatterMerged(str(matter.pk), str(main.pk)), path=matter.area_path)


def check_merge(matter: Matter, main: Matter) -> None:
    """Raise CannotMerge, with the reason, unless the one can be merged into the other."""
    if matter.pk == main.pk:
        raise CannotMerge(_("This is the same matter. Give the code of another one."))
    if sentence := _why_not(matter, main):
        raise CannotMerge(sentence)


def _why_not(matter: Matter, main: Matter) -> str:
    """The first reason against it, or ''."""
    if held := queries.merged(main):
        told = {"code": main.code, "main": held.code}
        return _("%(code)s was merged into %(main)s. Merge into that one.") % told
    if held := queries.merged(matter):
        told = {"code": matter.code, "main": held.code}
        return _("%(code)s was merged into %(main)s already.") % told
    for one in (matter, main):
        if one.stage in ENDED:
            return _("%(code)s has ended. Only open matters are merged.") % {"code": one.code}
    if main.opened_at > matter.opened_at:
        told = {"code": matter.code, "main": main.code}
        return _("%(code)s came first: merge %(main)s into it, so that its time goes on.") % told
    if here := queries.merged_here(matter):
        told = {"code": matter.code, "codes": "、".join(here.values())}
        return (
            _("Others were merged into %(code)s: %(codes)s. Undo that first, and merge each.")
            % told
        )
    if is_asked_back(matter):
        told = {"code": matter.code}
        return _("Somebody wants to send %(code)s back. That is decided first.") % told
    if queries.handed(matter):
        told = {"code": matter.code}
        return _("%(code)s is with another line. Take it back first.") % told
    return ""


@action(JOIN, describe=gettext_lazy("Deal with what another resident said together with this"))
def _join(*, id: UUID, other: UUID, code: str, version: int) -> None:
    """The main matter's side of a merge."""
    main = queries.matter(id)
    data: dict[str, object] = {OTHER: str(other), "code": code}
    advance(main, Verb.JOIN, public=False, version=version, data=data)


@action("loop.unmerge", describe=gettext_lazy("Undo the merge of a matter"))
def unmerge(*, id: UUID, version: int | None = None) -> None:
    """The matter goes its own way again: stage, owner, round and clock as if never merged."""
    part(queries.matter(id), version=version)


def part(matter: Matter, *, version: int | None = None) -> None:
    """Undo the merge of a matter, for whoever may. Raises NotNow unless it is merged."""
    held = queries.merged(matter)
    if held is None:
        raise NotNow(reason=f"{matter.stage}:{Verb.UNMERGE}")
    heard = any(event.at > held.at for event in queries.life(matter))
    data: dict[str, object] = {OTHER: held.main, "code": held.code}
    advance(
        matter,
        Verb.UNMERGE,
        public=False,
        version=version,
        data=data,
        back_to=held.stage,
        remind_at=None if heard else held.remind_at,
    )
    with between(PART):
        _part(id=UUID(held.main), other=matter.pk, code=matter.code)
    emit(MatterUnmerged(str(matter.pk), held.main), path=matter.area_path)


@action(PART, describe=gettext_lazy("Go on without what another resident said"))
def _part(*, id: UUID, other: UUID, code: str) -> None:
    """The main matter's side of an undone merge."""
    main = queries.matter(id)
    data: dict[str, object] = {OTHER: str(other), "code": code}
    record(main, Verb.PART, at=now(), public=False, data=data)
    acted_on(main.target, path=main.area_path, code=code)
