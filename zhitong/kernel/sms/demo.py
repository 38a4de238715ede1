"""What the demo page shows: invented people's messages, in full."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from zhitong.kernel.crypto.sealed import unsealed
from zhitong.kernel.sms.models import SmsMessage

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """One message as it is seen on the demo page."""

    to: str
    text: str
    at: datetime


def latest_messages() -> list[Shown]:
    """The newest messages first. Raises RuntimeError outside demo mode."""
    if not settings.DEMO:
        raise RuntimeError("messages are shown in demo mode only")
    rows = SmsMessage.objects.order_by("-made_at", "-pk")[:SHOWN]
    return [Shown(row.phone.mask, unsealed(row.text), row.made_at) for row in rows]
