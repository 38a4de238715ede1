"""What the loop says about the matters it keeps, for the page of one's own data."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.errors import NotFound
from zhitong.kernel.retention.actions import end
from zhitong.kernel.rights.domain import Fate
from zhitong.kernel.rights.registry import Held, Keeper, Named, keeps
from zhitong.loop import queries
from zhitong.loop.domain import Stage
from zhitong.loop.domain.erasing import fate_of
from zhitong.loop.models import Matter, target_of

MATTER = "loop.Matter"
WHY = {
    Fate.FREE: _("You took it back, so nothing forbids it. You have seven days to think again."),
    Fate.WEIGHED: _(
        "We have to be able to show for some time what was done. Somebody decides whether it can "
        "go earlier, and tells you why if not."
    ),
    Fate.STAYS: _(
        "It is still being worked on. Take it back first, or ask again when it has ended."
    ),
}


def held_of(matter: Matter) -> Held:
    """What can be said about one matter."""
    fate = fate_of(Stage(matter.stage))
    ended = matter.ended_at
    return Held(
        target=matter.target,
        title=matter.code,
        path=matter.area_path,
        fate=fate,
        why=WHY[fate],
        until=ended + timedelta(days=settings.KEEP_MATTERS) if ended else None,
        resident_key=matter.resident_key,
        tracking_digest=matter.tracking_digest,
    )


def _find(key: str) -> Held:
    try:
        matter = queries.matter(UUID(key))
    except ValueError as problem:
        raise NotFound from problem
    if matter.emptied_at is not None:
        raise NotFound
    return held_of(matter)


def _erase(key: str) -> None:
    end(record=MATTER, key=key, asked=True)


def _name(keys: Collection[str]) -> dict[str, Named]:
    rows = Matter.objects.filter(pk__in=keys).values_list("pk", "code")
    return {target_of(pk): Named(code, reverse("loop:matter", args=[code])) for pk, code in rows}


keeps(Keeper(MATTER, find=_find, erase=_erase, name=_name))
