"""One matter and what belongs to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.errors import Invalid, NotFound
from zhitong.loop.domain import Verb
from zhitong.loop.models import Matter, Photo, Step
from zhitong.loop.queries.merging import MARKS, TOGETHER, counting_steps

TIMELINE_LIMIT = 500
OWN_PAGE = 25


def matter(id: UUID) -> Matter:
    """The matter with its owner and handler. Raises NotFound outside reach."""
    return _one(Matter.objects.filter(pk=id))


def by_link() -> Matter:
    """The matter that the acting scope holds the link of. Raises NotFound."""
    return _one(Matter.objects.all())


def by_code(code: str) -> Matter:
    """The matter with this staff code. Raises NotFound outside reach."""
    return _one(Matter.objects.filter(code=code.strip().upper()))


def _one(rows: QuerySet[Matter]) -> Matter:
    found = rows.select_related("owner", "handler").first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class Own:
    """One page of a resident's own matters, newest first, and the key of the following page."""

    matters: list[Matter]
    following: str


def mine(resident: str, *, before: str = "", size: int = OWN_PAGE) -> Own:
    """A signed-in resident's own matters, after the key of the page before.

    Raises Invalid for a key that is none.
    """
    rows = Matter.objects.filter(resident_key=resident).select_related("owner")
    if before:
        rows = rows.filter(id__lt=_key(before))
    found = list(rows.order_by("-id")[: size + 1])
    return Own(found[:size], found[size - 1].pk.hex if len(found) > size else "")


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as problem:
        raise Invalid(
            _("This page of the list is not known. Start again from the top.")
        ) from problem


def timeline(matter: Matter, *, public_only: bool) -> list[Step]:
    """The steps of a matter as they count, oldest first; residents see the public ones only.

    A merge that was undone is left out; the audit log keeps it.
    """
    rows = Step.objects.filter(matter=matter)
    if public_only:
        rows = rows.filter(Q(public=True) | Q(verb__in=(*MARKS, *TOGETHER)))
    steps = counting_steps(rows.order_by("at", "id")[:TIMELINE_LIMIT])
    return [step for step in steps if step.public or not public_only]


def times_added(matter: Matter) -> int:
    """How many times the resident has added words."""
    return Step.objects.filter(matter=matter, verb=Verb.ADD).count()


def photos(matter: Matter, steps: Sequence[Step]) -> list[Photo]:
    """The pictures of a matter, in the order they were sent; its steps say whether there are."""
    if not any(step.data.get("pictures") for step in steps):
        return []
    return list(Photo.objects.filter(matter=matter).order_by("id"))


def photo(id: UUID) -> Photo:
    """One picture with its matter. Raises NotFound outside reach."""
    found: Photo | None = Photo.objects.filter(pk=id).select_related("matter").first()
    if found is None:
        raise NotFound
    return found
