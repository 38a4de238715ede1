"""Taking a matter in hand, passing it on, and putting it where it belongs: always one owner."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.areas.codes import DIGITS, Level, code_of
from zhitong.kernel.areas.models import Area
from zhitong.kernel.areas.queries import area_for_matter, labels
from zhitong.kernel.bus.emit import emit, moved
from zhitong.kernel.errors import Invalid
from zhitong.kernel.identity.queries import post_of, post_serving, posts_serving
from zhitong.kernel.scope import current
from zhitong.loop import queries
from zhitong.loop.actions.moving import account_of, advance, checked_words
from zhitong.loop.domain import Verb
from zhitong.loop.events import MatterMoved, MatterOwned
from zhitong.loop.models import Matter

THERE_ALREADY = _("The matter is at this place already. Choose another one.")
TOO_FAR = _(
    "This place lies outside the area that you work in, and so the matter would leave your sight. "
    "Pass it on to a post above yours and say where it belongs; there it can be moved."
)


@action("loop.take", describe=_("Take a matter in hand"))
def take(*, id: UUID, version: int | None = None) -> None:
    """Make the acting person's post the owner. Raises Stale if somebody was faster.

    Who stands in at the owner's post for somebody who is away takes it there: it stays that post's.
    """
    matter = queries.matter(id)
    account = account_of(current().actor)
    if account is None:
        raise Invalid(_("Only somebody who serves at a post can take a matter."))
    post = post_of(account, owner=matter.owner_id)
    step_data: dict[str, object] = {"post": post.name}
    advance(matter, Verb.TAKE, version=version, data=step_data, owner=post, handler_id=account)
    emit(MatterOwned(str(matter.pk), str(post.pk)), path=matter.area_path)


@action("loop.reassign", describe=_("Pass a matter on to another post"))
def reassign(*, id: UUID, post: UUID, reason: str, version: int | None = None) -> None:
    """Hand the matter to another post that can see it; the reason stays on the timeline."""
    matter = queries.matter(id)
    to = post_serving(post, path=matter.area_path)
    text = checked_words(reason, field="reason")
    advance(
        matter,
        Verb.REASSIGN,
        text=text,
        public=False,
        version=version,
        data={"post": to.name},
        owner=to,
        handler=None,
    )


@action("loop.move_area", describe=_("Correct the place of a matter"))
def move_area(*, id: UUID, area: str, version: int | None = None) -> str:
    """Put an open matter at another place within the acting person's reach.

    ``area`` is the code of a township or village. The owner keeps it as long as the owner's post
    serves the new place; else it goes to the post responsible there, as if passed on. Returns
    the name of that post, or ''. Raises Invalid for a place out of reach or where it is already.
    """
    matter, to = queries.matter(id), area_for_matter(area)
    if to.path == matter.area_path:
        raise Invalid(fields={"area": THERE_ALREADY})
    if not current().reach.covers(path=to.path):
        raise Invalid(fields={"area": TOO_FAR})
    before = code_of(matter.area_path)
    named = labels((before, to.code))
    places: dict[str, object] = {"from": named[before], "to": named[to.code]}
    places["left"] = before[: DIGITS[Level.TOWNSHIP]]
    advance(matter, Verb.MOVE_AREA, version=version, data=places, area=to, area_path=to.path)
    moved(str(matter.pk), path=to.path)
    emit(MatterMoved(str(matter.pk), to.code, before), path=to.path)
    owner = _hand_over(matter, to)
    acted_on(matter.target, path=to.path, area=to.code, before=before)
    return owner


def _hand_over(matter: Matter, to: Area) -> str:
    """Give a matter that was moved to who is responsible there, unless the owner serves there."""
    if posts_serving(to.path).filter(pk=matter.owner_id).exists():
        return ""
    post = queries.routed(path=to.path, category=matter.category).post
    data: dict[str, object] = {"post": post.name}
    advance(matter, Verb.REASSIGN, public=False, data=data, owner=post, handler=None)
    return post.name
