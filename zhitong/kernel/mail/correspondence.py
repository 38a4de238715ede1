"""Whom a matter is talked about with by mail, without anybody being shown the address.

The address is the one that the first mail came from. A later mail from elsewhere, even with the
right code, does not change it: a forwarded mail must not lead answers away.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.views.decorators.debug import sensitive_variables

from zhitong.kernel.crypto.sealed import unsealed
from zhitong.kernel.mail.models import MailMessage, MailTaken
from zhitong.kernel.mail.outbox import address_index, send
from zhitong.kernel.mail.placing import Spot

MOST_IDS = 10


def speaks(about: str, address: str) -> bool:
    """Whether the address is the one that ``about`` was first written from."""
    index = address_index(address)
    return bool(index) and _first(about).filter(sender_index=index).exists()


@sensitive_variables()
def reply(
    *, about: str, subject: str, text: str, reason: str, automatic: str = "auto-generated"
) -> UUID | None:
    """Promise an answer to whom ``about`` came from, in its thread; None if it came by no mail.

    Raises as ``outbox.send`` does.
    """
    row = _first(about).filter(sender__isnull=False).order_by("taken_at").first()
    if row is None or row.sender is None:
        return None
    theirs = [unsealed(row.message_id)] if row.message_id else []
    ours = MailMessage.objects.filter(about=about).order_by("-made_at")
    sent = list(ours.values_list("message_id", flat=True)[:MOST_IDS])
    return send(
        to=unsealed(row.sender),
        subject=subject,
        text=text,
        reason=reason,
        about=about,
        thread=[*theirs, *reversed(sent)],
        automatic=automatic,
    )


@dataclass(frozen=True, slots=True)
class Sent:
    """That a mail was sent, when, what for, and what became of it; not its words."""

    at: datetime
    reason: str
    state: str


def sent(about: Collection[str]) -> dict[str, list[Sent]]:
    """The mails that went out about these things, oldest first."""
    found: dict[str, list[Sent]] = {one: [] for one in about}
    rows = MailMessage.objects.filter(about__in=about).order_by("made_at")
    for name, at, reason, state in rows.values_list("about", "made_at", "reason", "state"):
        found[name].append(Sent(at, reason, state))
    return found


def forget(about: str) -> int:
    """Remove every trace of the mails about something that is erased; returns how many rows."""
    gone = MailMessage.objects.filter(about=about).delete()[0]
    return gone + MailTaken.objects.filter(about=about).update(
        sender=None, message_id=None, sender_index="", message_index="", about=""
    )


def _first(about: str) -> QuerySet[MailTaken]:
    return MailTaken.objects.filter(about=about, spot=Spot.NEW)
