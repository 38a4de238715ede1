"""Keeping the copy that lies open to everybody in step with the matter and its summary."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.areas.codes import DIGITS, Level, code_of, path_of
from zhitong.kernel.clock import now
from zhitong.kernel.search.domain import tokens
from zhitong.loop import queries
from zhitong.loop.categories import category_of
from zhitong.loop.domain import Stage
from zhitong.loop.domain.publishing import Standing, standing, to_the_hour
from zhitong.loop.models import Matter, Publication, PublicUpdate, Summary
from zhitong.loop.numbers import public_code

PUBLISH = "loop.publish"


@action(PUBLISH, describe=_("Bring what the public reads of a matter up to date"))
def publish(*, id: UUID) -> None:
    """Something happened to a matter that lies open: show where it stands now, or nothing more."""
    matter = queries.matter(id)
    lay_open(matter, queries.summary_of(matter))
    acted_on(matter.target, path=matter.area_path)


def lay_open(matter: Matter, summary: Summary | None) -> Publication | None:
    """Write the public copy anew, or take it away. Only inside an action that acts on the matter.

    Open lies what a second person has released, of a public category, as long as the resident
    has not taken the matter back.
    """
    released = summary.released() if summary else None
    seen = standing(Stage(matter.stage))
    if released is None or seen is None or not category_of(matter.category).public:
        Publication.objects.filter(matter=matter.pk).delete()
        return None
    before = Publication.objects.filter(matter=matter.pk).first()
    row, _made = Publication.objects.update_or_create(
        matter=matter.pk,
        defaults=_standing(matter, seen, before)
        | {
            "code": public_code(matter.pk),
            "words": released.words,
            "answer": released.answer,
            "pictures": [picture.hex for picture in released.pictures],
            "tokens": tokens(f"{released.words}\n{released.answer}"),
        },
    )
    if before is None or (before.stage, before.outcome) != (row.stage, row.outcome):
        PublicUpdate.objects.create(
            publication=row, stage=row.stage, outcome=row.outcome, at=row.updated_at
        )
    return row


def _standing(matter: Matter, seen: Standing, before: Publication | None) -> dict[str, object]:
    at = now()
    answered_at = (before.answered_at if before else None) or at
    return {
        "category": matter.category,
        "town": path_of(code_of(matter.area_path)[: DIGITS[Level.TOWNSHIP]]),
        "owner": matter.owner.name,
        "stage": seen.stage,
        "outcome": matter.outcome,
        "open": seen.open,
        "requested_at": to_the_hour(matter.opened_at),
        "answered_at": answered_at if seen.answered else None,
        "updated_at": at,
    }
