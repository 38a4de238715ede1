"""What is known of warnings: the sheet of a note, and what is in force."""

from datetime import timedelta
from uuid import UUID

from zhitong.kernel.clock import now
from zhitong.kernel.errors import NotFound
from zhitong.lines.microblog.alerts.domain import MessageType
from zhitong.lines.microblog.alerts.models import Certificate, Message, Sheet

IN_FEED = 100
OVER = timedelta(days=7)
"""How long what is over still stands in the feed, so that readers learn that it is."""


def sheet(note: UUID, number: int) -> Sheet | None:
    """The sheet that holds for a version: its own, or that of the last version before it."""
    rows = Sheet.objects.filter(note=note, number__lte=number)
    found: Sheet | None = rows.order_by("-number").first()
    return found


def last_message(note: UUID) -> Message | None:
    """What was sent last about a note."""
    return Message.objects.filter(note=note).order_by("-sent_at", "-id").first()


def sent_before(note: UUID) -> list[Message]:
    """Everything that was sent about a note, the earliest first."""
    return list(Message.objects.filter(note=note).order_by("sent_at", "id"))


def in_force() -> list[Message]:
    """The warnings that hold now, the worst first."""
    rows = Message.objects.filter(latest=True, expires_at__gt=now())
    rows = rows.exclude(type=MessageType.CANCEL)
    order = ["Extreme", "Severe", "Moderate", "Minor", "Unknown"]
    return sorted(
        rows[:IN_FEED], key=lambda one: (order.index(one.severity), -one.sent_at.timestamp())
    )


def in_feed() -> list[Message]:
    """What the feeds carry: what holds, and what was taken back lately; the newest first."""
    rows = Message.objects.filter(latest=True, expires_at__gt=now() - OVER)
    return list(rows.order_by("-sent_at", "-id")[:IN_FEED])


def message(identifier: str) -> Message:
    """One message, however old. Raises NotFound."""
    found = Message.objects.filter(identifier=identifier).first()
    if found is None:
        raise NotFound
    return found


def certificate() -> Certificate | None:
    """The certificate in use."""
    return Certificate.objects.filter(ends_at__gt=now()).order_by("-made_at").first()
