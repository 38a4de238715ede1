"""Leaving a matter out of the rates: one person proposes it with a reason, another one decides.

What is left out stays on its page and in every count of what was left out.
"""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.clock import now
from zhitong.kernel.errors import Denied, Refusal, Stale
from zhitong.kernel.permits import permit
from zhitong.kernel.scope import current
from zhitong.loop import queries
from zhitong.loop.actions.moving import account_of, checked_words
from zhitong.loop.models import Matter
from zhitong.loop.models.rates import Exclusion
from zhitong.loop.queries import exclusions

RATES = permit("loop.rates", _("See the three rates"))


class ProposedAlready(Refusal):
    """Somebody has proposed it, or it is left out already."""

    status = 409
    code = "proposed_already"
    sentence = _("This was proposed before. Look at it under the exclusions.")


class OwnMatter(Denied):
    """Neither who proposed it nor who is responsible for the matter may decide."""

    code = "own_matter"
    sentence = _(
        "You proposed this, or the matter is yours or your post's. Somebody else has to decide."
    )


@action("loop.propose_exclusion", describe=_("Propose to leave a matter out of the rates"))
def propose_exclusion(*, id: UUID, reason: str) -> UUID:
    """Propose it and return the proposal's id. Nothing changes until somebody else decides."""
    matter, scope = queries.matter(id), current()
    row = Exclusion(
        matter=matter,
        reason=checked_words(reason, field="reason"),
        proposed_by=scope.actor,
        proposed_label=scope.label,
        proposed_at=now(),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as problem:
        raise ProposedAlready from problem
    acted_on(matter.target, path=matter.area_path, exclusion=str(row.pk))
    return row.pk


@action("loop.decide_exclusion", describe=_("Decide whether a matter is left out of the rates"))
def decide_exclusion(*, id: UUID, accepted: bool, answer: str = "") -> None:
    """Decide on a proposal, once; a refusal takes a sentence for the one who proposed it.

    Raises OwnMatter for whoever proposed it and for whoever is responsible for the matter, and
    Stale when somebody else has decided. The rates follow within a minute.
    """
    row, scope = exclusions.exclusion(id), current()
    matter = row.matter
    if row.proposed_by == scope.actor or _is_theirs(matter):
        raise OwnMatter
    said = checked_words(answer, field="answer", required=not accepted)
    decided = Exclusion.objects.filter(pk=row.pk, accepted=None).update(
        accepted=accepted,
        answer=said,
        decided_by=scope.actor,
        decided_label=scope.label,
        decided_at=now(),
    )
    if decided != 1:
        raise Stale
    acted_on(matter.target, path=matter.area_path, exclusion=str(row.pk), accepted=accepted)


def _is_theirs(matter: Matter) -> bool:
    """Whether the acting person holds the matter, or serves at the post that owns it."""
    scope = current()
    return matter.owner_id in scope.posts or (
        matter.handler_id is not None and matter.handler_id == account_of(scope.actor)
    )
