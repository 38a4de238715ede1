"""What a person decides about facts that could not be delivered."""

from datetime import datetime

from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.bus.backfill import owe
from zhitong.kernel.bus.models import Delivery
from zhitong.kernel.bus.relay import wake_line
from zhitong.kernel.errors import Invalid, NotFound
from zhitong.kernel.permits import permit
from zhitong.kernel.worker.queries import stuck

WATCH = permit("bus.watch", _("See facts that could not be delivered"))
LONGEST = 200


@action("bus.retry", describe=_("Try the delivery of a fact again"))
def retry(*, delivery: int, reason: str) -> None:
    """Make a stuck delivery due now, with all its tries before it. Raises NotFound, Invalid."""
    row = _stuck(delivery, reason)
    mine = Delivery.objects.filter(pk=row.pk, done_at=None)
    mine.update(dead_at=None, attempts=0, next_try_at=now(), lease=None)


@action("bus.skip", describe=_("Pass over a fact that cannot be delivered"))
def skip(*, delivery: int, reason: str) -> None:
    """Give a stuck delivery up for good; the next in its line goes on. Raises NotFound, Invalid."""
    row = _stuck(delivery, reason)
    Delivery.objects.filter(pk=row.pk, done_at=None).update(done_at=now(), skipped=True, lease=None)
    wake_line(row)


@action("bus.backfill", describe=_("Owe facts of the past to a listener that was added later"))
def backfill(*, listener: str, reason: str, since: datetime | None = None) -> int:
    """Owe every fact of its kinds that was never owed to the listener; returns how many."""
    _need_reason(reason)
    owed = owe(listener, since)
    acted_on(f"bus.Listener:{listener}", path="", owed=owed, reason=reason[:LONGEST])
    return owed


def _stuck(delivery: int, reason: str) -> Delivery:
    _need_reason(reason)
    row = stuck().filter(pk=delivery).first()
    if row is None:
        raise NotFound
    acted_on(
        f"bus.Delivery:{row.pk}",
        path=row.event.path,
        listener=row.listener,
        fact=row.event.name,
        aggregate=row.aggregate,
        reason=reason[:LONGEST],
    )
    return row


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid(fields={"reason": _("Say why, in a few words.")})
