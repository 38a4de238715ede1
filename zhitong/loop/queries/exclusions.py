"""What is left out of the rates, what was proposed, and what has become of it."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.errors import Invalid, NotFound
from zhitong.loop.models.rates import Exclusion

PAGE = 25


def exclusion(id: UUID) -> Exclusion:
    """One proposal with its matter. Raises NotFound outside reach."""
    found: Exclusion | None = Exclusion.objects.filter(pk=id).select_related("matter").first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class Proposed:
    """One page of proposals, newest first, and the key of the page after."""

    rows: list[Exclusion]
    following: str


def proposed(*, undecided: bool = False, after: str = "", size: int = PAGE) -> Proposed:
    """Proposals within reach, decided or not; with ``undecided`` those that wait.

    Raises Invalid for a page that is none.
    """
    rows = Exclusion.objects.select_related("matter", "matter__owner").order_by("-id")
    if undecided:
        rows = rows.filter(accepted=None)
    if after:
        rows = rows.filter(id__lt=_key(after))
    found = list(rows[: size + 1])
    return Proposed(found[:size], found[size - 1].pk.hex if len(found) > size else "")


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as problem:
        raise Invalid(
            _("This page of the list is not known. Start again from the top.")
        ) from problem
