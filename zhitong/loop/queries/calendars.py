"""What a person's calendar fetches."""

from dataclasses import replace
from uuid import UUID

from django.db.models import Q
from django.views.decorators.debug import sensitive_variables

from zhitong.kernel.areas.codes import code_of
from zhitong.kernel.areas.queries import label_of, name_above
from zhitong.kernel.crypto.index import keyed_digest
from zhitong.kernel.errors import NotFound
from zhitong.kernel.identity.queries import acting_account
from zhitong.kernel.identity.scopes import scope_of_account
from zhitong.kernel.scope import Scope
from zhitong.loop.categories import label_of as category_label
from zhitong.loop.domain.calendar import Due
from zhitong.loop.models import CalendarLink, Matter

MOST = 500
NEEDED = "loop.make_calendar"
_SHOWN = (
    "id", "code", "category", "area_path", "area__name", name_above("area"), "due_at",
    "opened_at", "version",
)  # fmt: skip


@sensitive_variables()
def digest_of(secret: str) -> str:
    """What is kept of the secret in an address."""
    return keyed_digest("tracking", "calendar", secret)


@sensitive_variables()
def by_secret(secret: str) -> CalendarLink:
    """The link with this secret. Raises NotFound."""
    found = CalendarLink.objects.filter(digest=digest_of(secret)).first()
    if found is None:
        raise NotFound
    return found


def link_scope(link: CalendarLink) -> Scope:
    """Whose link it is, reaching what they reach now and allowed nothing. Raises NotFound."""
    scope = scope_of_account(link.account_id, purpose="calendar")
    if scope is None or NEEDED not in scope.permits:
        raise NotFound
    return replace(scope, permits=frozenset())


def mine() -> CalendarLink | None:
    """The acting person's own link."""
    return CalendarLink.objects.filter(account=acting_account()).first()


def dues(account: UUID, posts: tuple[UUID, ...], *, url: str) -> list[Due]:
    """What is due from somebody: in their hands, or their posts'. ``url`` is that of a matter,
    with CODE in the place of its code."""
    theirs = Matter.objects.filter(Q(owner__in=posts) | Q(handler=account), due_at__isnull=False)
    rows = theirs.order_by("due_at", "id").values_list(*_SHOWN)[:MOST]
    found = []
    for id, code, category, path, name, above, due_at, opened_at, version in rows:
        place = label_of(code_of(path), name, above)
        found.append(
            Due(
                uid=f"{id}@zhitong",
                at=due_at,
                since=opened_at,
                changes=version,
                summary=f"{code} {category_label(category)}",
                place=place,
                url=url.replace("CODE", code),
            )
        )
    return found
