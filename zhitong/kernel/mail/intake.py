"""Taking in what a mailbox holds: every mail once, whatever crashes on the way.

Where a mail was laid, that it was taken and how far the mailbox is read are one transaction.
Only then is the mail marked as seen. A mail delivered twice is known by its fingerprint.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from zhitong.kernel.bus.faults import Attempt, describe
from zhitong.kernel.clock import now
from zhitong.kernel.crypto.index import blind_index, keyed_digest
from zhitong.kernel.errors import Refusal
from zhitong.kernel.mail.delivery import bounced
from zhitong.kernel.mail.letter import Letter
from zhitong.kernel.mail.mailbox import Box, MailboxTrouble, opened
from zhitong.kernel.mail.models import MailBox, MailMessage, MailTaken
from zhitong.kernel.mail.outbox import address_index, host
from zhitong.kernel.mail.placing import Spot
from zhitong.kernel.mail.reading import read

BATCH = 20
MOST_TRIES = 20
NOT_OLDER = timedelta(days=300)
"""Shorter than ``delivery.KEPT``: what is taken again after a new UIDVALIDITY is still known."""

ID_PURPOSE = "mail.incoming_id"


@dataclass(frozen=True, slots=True)
class Laid:
    """Where a letter was laid: the name of the place, what it is about, and why."""

    spot: str
    about: str = ""
    reason: str = ""


Take = Callable[[Letter], Laid]


def fetch(take: Take, limit: int = BATCH) -> int:
    """Give ``take`` each new letter, in a transaction of its own; returns how many were taken.

    A Refusal lays the mail aside with its reason: it would be refused again. Any other failure
    leaves it where it is for the next rounds; after MOST_TRIES it is laid aside, still unseen in
    the mailbox, so that it holds up no others. Raises MailboxTrouble.
    """
    if not settings.MAIL_IN:
        return 0
    with opened(settings.MAIL_IN) as box:
        row = _row(box)
        since = (now() - NOT_OLDER).date()
        taken = 0
        for uid in box.after(row.last_uid, since)[:limit]:
            attempt = Attempt()
            with attempt:
                taken += _take(box, uid, take)
            if isinstance(attempt.error, MailboxTrouble):
                raise attempt.error
            if attempt.error and not _laid_aside(box, uid, attempt.error):
                break
        return taken


def _laid_aside(box: Box, uid: int, error: Exception) -> bool:
    """Count the failure; whether the mail is given up, so that it holds up no others for ever."""
    with transaction.atomic():
        row = MailBox.objects.select_for_update().get(name=box.name)
        row.tries += 1
        over = row.tries >= MOST_TRIES
        if over:
            row.tries, row.last_uid = 0, uid
            MailTaken.objects.create(
                fingerprint=keyed_digest("index", "mail.stuck", f"{box.name} {box.validity} {uid}"),
                message_index="",
                uid=uid,
                spot="stuck",
                reason=describe(error)[:120],
                taken_at=now(),
            )
        row.save(update_fields=["tries", "last_uid"])
    return over


def _row(box: Box) -> MailBox:
    """How far the mailbox is read; from the start when its ids were given out anew."""
    row, _made = MailBox.objects.get_or_create(name=box.name)
    if row.validity != box.validity:
        row.validity, row.last_uid = box.validity, 0
        row.save(update_fields=["validity", "last_uid"])
    return row


def _take(box: Box, uid: int, take: Take) -> bool:
    """Whether the mail was new."""
    raw = box.raw(uid)
    letter = read(raw or b"", own=[settings.MAIL_ADDRESS], host=host())
    with transaction.atomic():
        row = MailBox.objects.select_for_update().get(name=box.name)
        if row.last_uid >= uid:
            return False
        known = MailTaken.objects.filter(fingerprint=letter.fingerprint).exists()
        if raw is not None and not known:
            _lay(letter, uid, take)
        MailBox.objects.filter(pk=row.pk).update(last_uid=uid, tries=0)
    if raw is not None:
        box.mark_seen(uid)
    return raw is not None and not known


def _lay(letter: Letter, uid: int, take: Take) -> None:
    if letter.bounce is not None:
        bounced(letter.bounce)
    try:
        with transaction.atomic():
            laid = take(letter)
    except Refusal as refusal:
        laid = Laid("refused", reason=refusal.reason)
    begins = bool(laid.about) and laid.spot == Spot.NEW
    MailTaken.objects.create(
        fingerprint=letter.fingerprint,
        sender=letter.sender if begins else None,
        message_id=letter.message_id if begins else None,
        message_index=_id_index(letter.message_id),
        sender_index=address_index(letter.sender),
        uid=uid,
        spot=laid.spot,
        about=laid.about,
        reason=laid.reason[:120],
        taken_at=now(),
    )


def known_references(ids: tuple[str, ...]) -> dict[str, str]:
    """What the mails with these ids are about: those that we sent, and those that came in."""
    sent = MailMessage.objects.filter(message_id__in=ids).exclude(about="")
    found = dict(sent.values_list("message_id", "about"))
    by_index = {_id_index(id): id for id in ids}
    came = MailTaken.objects.filter(message_index__in=by_index).exclude(about="")
    for index, about in came.order_by("-taken_at").values_list("message_index", "about"):
        found.setdefault(by_index[index], about)
    return found


def _id_index(id: str) -> str:
    return blind_index(id, purpose=ID_PURPOSE) if id.strip() else ""
