"""Taking a matter in hand and passing it on: there is always exactly one owner."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import action
from zhitong.kernel.bus.emit import emit
from zhitong.kernel.errors import Invalid
from zhitong.kernel.identity.queries import post_of, post_serving
from zhitong.kernel.scope import current
from zhitong.loop import queries
from zhitong.loop.actions.moving import account_of, advance, checked_words
from zhitong.loop.domain import Verb
from zhitong.loop.events import MatterOwned


@action("loop.take", describe=_("Take a matter in hand"))
def take(*, id: UUID, version: int | None = None) -> None:
    """Make the acting person's post the owner. Raises Stale if somebody was faster."""
    matter = queries.matter(id)
    account = account_of(current().actor)
    if account is None:
        raise Invalid(_("Only somebody who serves at a post can take a matter."))
    post = post_of(account)
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
