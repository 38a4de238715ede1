"""Looking up who serves where."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.areas.models import Area
from zhitong.kernel.clock import now
from zhitong.kernel.errors import Invalid, NotFound
from zhitong.kernel.identity.models import (
    Account,
    ApiClient,
    Appointment,
    Passkey,
    Post,
    Role,
    SignIn,
)
from zhitong.kernel.identity.scopes import appointments_now, in_force
from zhitong.kernel.scope import current

PEOPLE_PER_PAGE = 25
OWNING = (Post.Kind.COMMUNITY, Post.Kind.STATION, Post.Kind.BUREAU)


def acting_account() -> UUID | None:
    """The account that acts now, or None when it is not somebody who serves."""
    kind, _colon, identifier = current().actor.partition(":")
    return UUID(identifier) if kind == "staff" else None


def responsible_post(path: str) -> Post:
    """The post that owns what happens at ``path``: the nearest community office, station or
    bureau above it. Raises Invalid when the county has set up none. One query."""
    steps = path.rstrip("/").split("/")
    above = ["/".join(steps[:count]) + "/" for count in range(1, len(steps) + 1)]
    found = list(Post.objects.filter(path__in=above, kind__in=OWNING))
    if not found:
        raise Invalid(_("No post serves this place yet. Please call the bureau."))
    return min(found, key=lambda post: (-len(post.path), OWNING.index(post.kind), post.pk))


def post_of(account: UUID, *, owner: UUID | None = None) -> Post:
    """The post that an account acts under now. Raises Invalid when it holds none. One query.

    That is ``owner``'s where it holds that one as its own, or for somebody who is away.
    """
    held = list(appointments_now(account))
    if not held:
        raise Invalid(_("You hold no post at the moment. Ask your administrator."))
    there = (one for one in held if one.post_id == owner and (one.absence_id or not one.deputy))
    return next(there, held[0]).post


def post_serving(post: UUID, *, path: str) -> Post:
    """One of the posts that ``path`` can be handed to. Raises Invalid."""
    found = posts_serving(path).filter(pk=post).first()
    if found is None:
        raise Invalid(fields={"post": _("Choose a post from the list.")})
    return found


def posts_serving(path: str) -> QuerySet[Post]:
    """The posts that can see ``path``, from the bureau down.

    Their area covers it, or somebody at them reaches it by another appointment, as officers of
    one station reach each other's villages. What is handed to any other post is lost from sight.
    """
    held = Appointment.objects.filter(in_force(timezone.localdate(now()), now()))
    reaching = held.filter(post__path__in=_upwards(path)).values("account")
    seeing = held.filter(account__in=reaching).values("post")
    return posts().filter(Q(path__in=_upwards(path)) | Q(pk__in=seeing))


def upwards(post: Post) -> list[Post]:
    """A post and those above it, the topmost last. One query a step; circles are cut."""
    found, ids = [post], {post.pk}
    while (above := found[-1].parent) is not None and above.pk not in ids:
        found.append(above)
        ids.add(above.pk)
    return found


def posts() -> QuerySet[Post]:
    """All posts, from the bureau down."""
    return Post.objects.select_related("area").order_by("path", "name")


def posts_page(*, after: str = "") -> list[Post]:
    """One page of posts, and one more if there is a next page. ``after`` as for people."""
    path, _bar, name = after.partition("|")
    rows = posts().filter(Q(path__gt=path) | Q(path=path, name__gt=name))
    return list(rows[: PEOPLE_PER_PAGE + 1])


def people(*, after: str = "", words: str = "") -> list[Account]:
    """One page of accounts in order of name, and one more if there is a next page.

    ``after`` is the key of the last one seen, as ``page_key`` made it.
    """
    rows = Account.objects.defer("password", "totp_secret").order_by("name", "pk")
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(username__startswith=words.lower()))
    name, _bar, identifier = after.rpartition("|")
    if identifier:
        rows = rows.filter(Q(name__gt=name) | Q(name=name, pk__gt=_uuid(identifier)))
    return list(rows[: PEOPLE_PER_PAGE + 1])


def page_key(account: Account) -> str:
    """Where a page of people ended."""
    return f"{account.name}|{account.pk}"


def appointments_of(accounts: list[Account]) -> dict[UUID, list[Appointment]]:
    """The appointments in force of several accounts. One query."""
    rows = (
        Appointment.objects.filter(
            in_force(timezone.localdate(now()), now()), account__in=[one.pk for one in accounts]
        )
        .select_related("post", "role")
        .order_by("deputy", "starts_on", "pk")
    )
    found: dict[UUID, list[Appointment]] = {one.pk: [] for one in accounts}
    for row in rows:
        found[row.account_id].append(row)
    return found


def account(identifier: UUID) -> Account:
    """One account. Raises NotFound."""
    found = Account.objects.filter(pk=identifier).first()
    if found is None:
        raise NotFound
    return found


def all_appointments(account_id: UUID) -> list[Appointment]:
    """Everything somebody held, holds or will hold, the latest first."""
    rows = Appointment.objects.filter(account_id=account_id).select_related("post", "role")
    return list(rows.order_by("-starts_on", "-pk"))


def over(one: Appointment) -> bool:
    """Whether an appointment is a thing of the past."""
    expired = one.expires_at is not None and one.expires_at <= now()
    return expired or (one.ends_on is not None and one.ends_on < timezone.localdate(now()))


def paths_served(account_id: UUID) -> list[str]:
    """The paths of the posts that somebody holds or will hold."""
    lasting = Q(ends_on=None) | Q(ends_on__gte=timezone.localdate(now()))
    rows = Appointment.objects.filter(lasting, account_id=account_id)
    return list(rows.values_list("post__path", flat=True))


def roles() -> list[Role]:
    """The county's roles."""
    return list(Role.objects.order_by("name"))


def role(name: str) -> Role:
    """One role by its name. Raises NotFound."""
    found = Role.objects.filter(name=name).first()
    if found is None:
        raise NotFound
    return found


def api_clients() -> list[tuple[ApiClient, str]]:
    """Every program that has or had a key, with the name of its area, the newest first."""
    rows = list(ApiClient.objects.order_by("-made_at", "-pk"))
    names = dict(area_names({row.path for row in rows}))
    return [(row, names.get(row.path, row.path)) for row in rows]


def area_names(paths: Collection[str]) -> list[tuple[str, str]]:
    """Paths with the names of their areas, for a list to choose from."""
    return [(area.path, area.name) for area in Area.objects.filter(path__in=paths)]


def living_sign_ins(*, account_id: UUID | None = None, resident_key: str = "") -> list[SignIn]:
    """Where somebody is signed in, the most recent first."""
    rows = SignIn.objects.filter(resident_key=resident_key, ended_at=None)
    rows = rows.filter(account=account_id)
    return list(rows.order_by("-last_seen_at", "-pk"))


def passkeys_of(account_id: UUID | None) -> list[Passkey]:
    """Somebody's passkeys, the oldest first."""
    return list(Passkey.objects.filter(account=account_id).order_by("made_at", "pk"))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


def _upwards(path: str) -> list[str]:
    """The path and every path above it, the province's first."""
    steps = path.rstrip("/").split("/")
    return ["/".join(steps[:count]) + "/" for count in range(1, len(steps) + 1)]
