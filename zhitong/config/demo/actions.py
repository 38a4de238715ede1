"""The one thing that the demo writes itself: its mark."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from zhitong.config.demo.models import DemoMark
from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.clock import now
from zhitong.kernel.errors import Invalid
from zhitong.kernel.identity.models import Account


@action("demo.mark", describe=_("Declare an empty database to be a demo"))
def mark(*, seed: str) -> None:
    """Mark the database as a demo.

    Raises Invalid outside demo mode, whose sign-ins everybody knows, and unless nobody serves
    here yet.
    """
    if not settings.DEMO:
        raise Invalid(_("This is not a demo. Set ZHITONG_DEMO=1 if it shall become one."))
    if Account.objects.exists() or DemoMark.objects.exists():
        raise Invalid(_("This database is in use. Only an empty one can become a demo."))
    DemoMark.objects.create(seed=seed, made_at=now())
    acted_on("demo.DemoMark:1", path="", seed=seed)
