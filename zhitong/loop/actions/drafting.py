"""What somebody is writing, kept until it is said: for each person at each matter apart."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import action
from zhitong.kernel.clock import now
from zhitong.kernel.errors import Invalid
from zhitong.kernel.scope import current
from zhitong.loop import queries
from zhitong.loop.actions.moving import account_of, checked_words
from zhitong.loop.domain import Outcome
from zhitong.loop.domain.drafting import Box
from zhitong.loop.models import Draft, Matter

KEPT_BOXES = frozenset({Box.ANSWER, Box.NOTE})


@action("loop.draft", describe=_("Keep what one is writing about a matter"), quiet=True)
def keep_draft(*, id: UUID, box: str, text: str, outcome: str = "") -> bool:
    """Keep it for the acting person alone, in place of what that box held; blank forgets it.

    Returns whether something is kept. Nobody else's draft is touched.
    """
    if box not in KEPT_BOXES or outcome not in {"", *Outcome}:
        raise Invalid
    matter = queries.matter(id)
    kept = checked_words(text, field="text", required=False)
    put_down(matter, Box(box), kept, outcome)
    return bool(kept)


def put_down(matter: Matter, box: Box, text: str, outcome: str = "", **more: object) -> None:
    """Write the acting person's draft of a box. Raises Invalid for whoever is not staff."""
    scope, account = current(), account_of(current().actor)
    if account is None:
        raise Invalid
    if not text:
        forget_draft(matter, box)
        return
    fields = {"text": text, "outcome": outcome, "label": scope.label, "saved_at": now()}
    fields |= {"came_back": None} | more
    mine = Draft.objects.filter(matter=matter, account=account, box=box)
    if not mine.update(**fields):
        row = Draft(matter=matter, account_id=account, box=box, **fields)
        Draft.objects.bulk_create([row], ignore_conflicts=True)


def forget_draft(matter: Matter, box: Box) -> None:
    """The acting person's draft of a box is said, or not wanted any more."""
    if account := account_of(current().actor):
        Draft.objects.filter(matter=matter, account=account, box=box).delete()


def carry_along(matter: Matter, before: int) -> None:
    """What waits was written for the matter as it stood before a note: it still is."""
    rows = Draft.objects.filter(matter=matter, box=Box.WAITING, version=before)
    rows.update(version=matter.version)
