"""Putting a mail into the outbox: the one way a mail leaves the house."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.views.decorators.debug import sensitive_variables

from zhitong.kernel.clock import now
from zhitong.kernel.crypto.index import blind_index
from zhitong.kernel.ids import uuid7
from zhitong.kernel.mail.composing import address, message_id
from zhitong.kernel.mail.models import MailMessage

LONGEST = 20_000
PURPOSE = "mail.address"


def is_open() -> bool:
    """Whether mails can leave here."""
    return bool(settings.MAIL_ADDRESS and settings.MAIL_OUT)


def host() -> str:
    """The domain of our ids."""
    return str(settings.MAIL_ADDRESS).rpartition("@")[2].lower()


@sensitive_variables()
def send(
    *,
    to: str,
    subject: str,
    text: str,
    reason: str,
    about: str = "",
    thread: Sequence[str] = (),
    automatic: str = "auto-generated",
) -> UUID:
    """Promise a mail to one address, in the transaction of an action.

    ``thread`` are the ids it answers to, newest last; ``about`` is what an answer to it will be
    laid with. Raises RuntimeError outside a transaction or when no mail can leave, ValueError
    for what is no address or an over-long text.
    """
    if not connection.in_atomic_block or not is_open():
        raise RuntimeError("send() outside an action, or without a way out")
    if not address(to):
        raise ValueError("a mail goes to one address")
    if not 0 < len(text) <= LONGEST:
        raise ValueError(f"a mail has 1 to {LONGEST} characters")
    at, id = now(), uuid7()
    MailMessage.objects.create(
        id=id,
        message_id=message_id(str(id), host()),
        to=address(to),
        to_index=address_index(to),
        subject=subject,
        text=text,
        thread=" ".join(thread),
        automatic=automatic,
        about=about,
        reason=reason,
        made_at=at,
        next_try_at=at,
    )
    return id


def address_index(plain: str) -> str:
    """Under what an address is known again; '' for none."""
    return blind_index(plain.lower(), purpose=PURPOSE) if plain else ""


def answered(plain: str, since: timedelta = timedelta(days=1)) -> list[datetime]:
    """When machines wrote to the address lately, for ``loops.silent_because``."""
    rows = MailMessage.objects.filter(to_index=address_index(plain), made_at__gt=now() - since)
    return list(rows.exclude(automatic="").values_list("made_at", flat=True))
