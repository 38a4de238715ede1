"""Reading what lies open to everybody. Public data: no scope is needed, and no guarded table."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from zhitong.kernel.errors import NotFound
from zhitong.kernel.guarded import after
from zhitong.loop.categories import CATEGORIES, GROUPS, members
from zhitong.loop.models import Publication, PublicUpdate

PAGE = 20
FEED = 50


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of publications, newest first, and the public number that the next one follows."""

    rows: list[Publication]
    following: str


def is_open_to_all(matter: UUID) -> bool:
    """Whether this matter lies open, by the key that only we know."""
    return Publication.objects.filter(matter=matter).exists()


def laid_open() -> QuerySet[Publication]:
    """Everything that lies open, of categories that are public today."""
    public = [one.code for one in CATEGORIES.values() if one.public]
    return Publication.objects.filter(category__in=public)


def publication(code: str) -> Publication:
    """What lies open under a public number. Raises NotFound, whatever the reason."""
    found = laid_open().filter(code=code).first()
    if found is None:
        raise NotFound
    return found


def answers(
    *, theme: str = "", town: str = "", words: str = "", before: str = "", size: int = PAGE
) -> Leaf:
    """What was answered, the newest answer first, after the public number of the page before.

    ``theme`` is a group or category, ``town`` the path of a township. A number that is none, or
    none any more, begins at the top.
    """
    rows = laid_open().filter(answered_at__isnull=False)
    if theme:
        rows = rows.filter(category__in=_under(theme))
    if town:
        rows = rows.filter(town__gte=town, town__lt=after(town))
    if words:
        rows = rows.filter(tokens__zh=words)
    last = Publication.objects.filter(code=before).first() if before else None
    if last is not None and last.answered_at is not None:
        rows = rows.filter(earlier("answered_at", last.answered_at, last.pk))
    found = list(rows.order_by("-answered_at", "-id")[: size + 1])
    return Leaf(found[:size], found[size - 1].code if len(found) > size else "")


def updates_of(rows: Collection[Publication]) -> dict[int, list[PublicUpdate]]:
    """How these came to stand where they stand, oldest first, in one query."""
    found: dict[int, list[PublicUpdate]] = {row.pk: [] for row in rows}
    if found:
        for each in PublicUpdate.objects.filter(publication__in=found).order_by("at", "id"):
            found[each.publication_id].append(each)
    return found


def updates(
    since: datetime, until: datetime, *, codes: Sequence[str] = (), size: int
) -> list[PublicUpdate]:
    """What changed within a span, oldest first; of these public numbers only, if any are given."""
    rows = PublicUpdate.objects.filter(publication__in=laid_open())
    if codes:
        rows = rows.filter(publication__code__in=codes)
    else:
        rows = rows.filter(at__gte=since, at__lte=until)
    return list(rows.select_related("publication").order_by("at", "id")[:size])


def earlier(name: str, at: datetime, key: int) -> Q:
    """What comes after this row in a list that has the latest first."""
    return Q(**{f"{name}__lt": at}) | Q(**{name: at, "id__lt": key})


def _under(theme: str) -> list[str]:
    if theme in GROUPS:
        return [one.code for one in members(theme)]
    return [theme, *(one.code for one in CATEGORIES.values() if one.parent == theme)]
