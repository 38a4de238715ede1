"""Opening somebody's record is itself written down, and shown to the one it is about."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.clock import now
from zhitong.kernel.permits import permit
from zhitong.kernel.scope import current
from zhitong.loop import queries
from zhitong.loop.actions.moving import account_of
from zhitong.loop.models import Matter, Presence

FOLLOW = permit("loop.follow", _("Follow one's own matter"))
BOARD = permit("loop.board", _("See the departure board"))
BEHALF = permit("loop.behalf", _("Write down a matter for somebody"))
SEARCH = permit("loop.search", _("Search matters"))


@action("loop.read", describe=_("Open a matter and read it"))
def open_record(*, code: str) -> Matter:
    """Return the matter and write down who opened it, when and what for."""
    matter = queries.by_code(code)
    acted_on(matter.target, path=matter.area_path)
    _here(matter)
    return matter


@action("loop.look", describe=_("Be shown as looking at a matter"), quiet=True)
def stay(*, id: UUID) -> None:
    """Say that the acting person still has the matter open."""
    _here(queries.matter(id))


def _here(matter: Matter) -> None:
    account = account_of(current().actor)
    if account is None:
        return
    seen = {"seen_at": now(), "label": current().label}
    if not Presence.objects.filter(matter=matter, account=account).update(**seen):
        row = Presence(matter=matter, account_id=account, **seen)
        Presence.objects.bulk_create([row], ignore_conflicts=True)
