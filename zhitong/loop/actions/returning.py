"""Sending back what does not belong here. Until somebody above has decided, the owner has it."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.bus.emit import emit
from zhitong.kernel.clock import now
from zhitong.kernel.errors import Denied, Invalid, Refusal, Stale
from zhitong.kernel.identity.queries import post_serving, upwards
from zhitong.kernel.scope import current
from zhitong.loop import queries
from zhitong.loop.actions.moving import advance, checked_words
from zhitong.loop.domain import Verb
from zhitong.loop.domain.returning import ReturnState, judges, may_decide
from zhitong.loop.events import MatterReturned, ReturnDecided, ReturnEscalated
from zhitong.loop.models import Return
from zhitong.loop.queries import returning

REMIND_RETURN = "loop.remind_return"


class NotYours(Refusal):
    """Only the post that owns a matter does this."""

    status = 409
    code = "not_yours"
    sentence = _("Only the post that owns the matter can do this.")


class ReturnedAlready(Refusal):
    """It waits for a decision."""

    status = 409
    code = "returned_already"
    sentence = _("It was asked before to send this matter back. Wait for the decision.")


class NotAbove(Denied):
    """Whoever asked, and who does not serve above the owner's post, does not decide."""

    code = "not_above"
    sentence = _("Somebody else at a post above the owner's has to decide about this.")


@action("loop.send_back", describe=_("Ask to send back a matter that does not belong here"))
def send_back(*, id: UUID, post: UUID, reason: str, version: int | None = None) -> UUID:
    """Ask, and name the post where it belongs; returns the id of what was asked.

    Nothing moves: the owner stays responsible and the clock runs on until a post above decides.
    Raises NotYours, ReturnedAlready, Invalid.
    """
    matter, scope, at = queries.matter(id), current(), now()
    if matter.owner_id not in scope.posts:
        raise NotYours
    to = post_serving(post, path=matter.area_path)
    if to.pk == matter.owner_id:
        raise Invalid(fields={"post": _("It is at this post already. Choose another one.")})
    row = Return(
        matter=matter,
        of=matter.owner,
        to=to,
        reason=checked_words(reason, field="reason"),
        asked_by=scope.actor,
        asked_label=scope.label,
        asked_at=at,
        due_at=returning.decide_by(at),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as problem:
        raise ReturnedAlready from problem
    data: dict[str, object] = {"post": to.name}
    advance(matter, Verb.SEND_BACK, text=row.reason, public=False, version=version, data=data)
    fact = MatterReturned(str(matter.pk), str(row.pk), str(matter.owner_id), str(to.pk))
    emit(fact, path=matter.area_path)
    return row.pk


@action("loop.decide_return", describe=_("Decide whether a matter goes to another post"))
def decide_return(*, id: UUID, accepted: bool, answer: str = "") -> None:
    """Yes: it goes to the post that was named, as if passed on. No, with a reason: it stays.

    Raises NotAbove for whoever asked and who does not serve above, Stale when somebody was
    faster.
    """
    row, scope = returning.waiting(id), current()
    matter = row.matter
    chain = [post.pk for post in upwards(row.of)]
    if not may_decide(chain, posts=scope.posts, actor=scope.actor, asked_by=row.asked_by):
        raise NotAbove
    said = checked_words(answer, field="answer", required=not accepted)
    decided = {
        "state": ReturnState.ACCEPTED if accepted else ReturnState.REFUSED,
        "answer": said,
        "decided_by": scope.actor,
        "decided_label": scope.label,
        "decided_at": now(),
    }
    if Return.objects.filter(pk=row.pk, state=ReturnState.ASKED).update(**decided) != 1:
        raise Stale
    if accepted:
        to = post_serving(row.to_id, path=matter.area_path)
        text = "\n".join(filter(None, (row.reason, said)))
        data: dict[str, object] = {"post": to.name}
        advance(matter, Verb.REASSIGN, text=text, public=False, data=data, owner=to, handler=None)
    else:
        data = {"post": row.of.name}
        advance(matter, Verb.KEEP, text=said, public=False, data=data)
    fact = ReturnDecided(str(matter.pk), str(row.pk), accepted, str(matter.owner_id))
    emit(fact, path=matter.area_path)


@action(REMIND_RETURN, describe=_("Tell that a decision about a return is late"))
def remind_return(*, id: UUID) -> None:
    """Tell the post above the owner's, once."""
    row = returning.waiting(id)
    nearest = judges(upwards(row.of))[0]
    told = {"told_id": nearest.pk, "told_at": now()}
    if Return.objects.filter(pk=row.pk, told_at=None).update(**told) != 1:
        raise Stale
    acted_on(row.matter.target, path=row.matter.area_path, post=str(nearest.pk))
    fact = ReturnEscalated(str(row.matter_id), str(row.pk), str(nearest.pk))
    emit(fact, path=row.matter.area_path)
