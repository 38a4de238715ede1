"""Prepared answers: all that there are, those that fit a matter, and what fills their gaps."""

from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.formats import date_format

from zhitong.kernel.areas.codes import code_of
from zhitong.kernel.areas.queries import label
from zhitong.kernel.clock import now
from zhitong.kernel.errors import NotFound
from zhitong.kernel.identity.queries import posts
from zhitong.kernel.scope import current
from zhitong.loop.categories import category_of, chain
from zhitong.loop.domain.replies import offered
from zhitong.loop.models import Matter, Reply

LISTED = 300


def replies(*, over: bool = False) -> list[Reply]:
    """The templates of posts within reach, in order of their titles: those that hold or will,
    or with ``over`` those that have ended, the last first. One query."""
    at, mine = timezone.localdate(now()), Q(pk__in=[])
    for root in current().reach.subtrees:
        mine |= Q(post__path__startswith=root)
    rows = Reply.objects.filter(mine).select_related("post")
    if over:
        return list(rows.filter(ends_on__lt=at).order_by("-ends_on", "-id")[:LISTED])
    lasting = rows.filter(Q(ends_on=None) | Q(ends_on__gte=at))
    return list(lasting.order_by("title_zh", "version")[:LISTED])


def reply(id: UUID) -> Reply:
    """One version, of a post within reach. Raises NotFound."""
    found = Reply.objects.filter(pk=id).select_related("post").first()
    if found is None or not current().reach.covers(path=found.post.path):
        raise NotFound
    return found


def newest(family: UUID) -> Reply:
    """The last version of a template, of a post within reach. Raises NotFound."""
    found = Reply.objects.filter(family=family).select_related("post").order_by("version").last()
    if found is None or not current().reach.covers(path=found.post.path):
        raise NotFound
    return found


def keepers() -> list[tuple[UUID, str]]:
    """The posts within reach, to which a template can belong."""
    reach = current().reach
    return [(post.pk, post.name) for post in posts() if reach.covers(path=post.path)]


def replies_for(matter: Matter) -> list[Reply]:
    """The templates that are offered for a matter today, the closest first. One query."""
    at = timezone.localdate(now())
    rows = {row.pk: row for row in _held(at)}
    fitting = offered(
        [row.offer for row in rows.values()],
        path=matter.area_path,
        chain=chain(matter.category),
        on=at,
    )
    return [rows[one.id] for one in fitting]


def gaps_of(matter: Matter) -> dict[str, str]:
    """What closes the gaps for a matter, in the county's language; '' is not known."""
    with translation.override(settings.LANGUAGE_CODE):
        due = timezone.localdate(matter.due_at) if matter.due_at else None
        return {
            "code": matter.code,
            "category": str(category_of(matter.category).label),
            "place": label(code_of(matter.area_path)),
            "post": matter.owner.name,
            "opened_day": date_format(timezone.localdate(matter.opened_at)),
            "due_day": date_format(due) if due else "",
            "today": date_format(timezone.localdate(now())),
            "officer": current().label,
        }


def _held(at: object) -> QuerySet[Reply]:
    rows = Reply.objects.filter(starts_on__lte=at).filter(Q(ends_on=None) | Q(ends_on__gte=at))
    return rows.select_related("post")[:LISTED]
