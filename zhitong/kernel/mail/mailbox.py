"""Looking into a mailbox (IMAP, RFC 3501): over TLS, or in the clear on this machine only."""

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from urllib.parse import SplitResult, unquote, urlsplit

from django.views.decorators.debug import sensitive_variables

from zhitong.kernel.mail.mime import LARGEST

SECONDS = 30.0
_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"
_NAME = re.compile(r"[A-Za-z0-9._/-]{1,100}")


class MailboxTrouble(Exception):
    """The mailbox could not be read just now."""


@dataclass(slots=True)
class Box:
    """An open mailbox."""

    name: str
    validity: int
    connection: imaplib.IMAP4

    def after(self, uid: int, since: date) -> list[int]:
        """The ids of what came in after ``uid`` and since that day, lowest first."""
        month = _MONTHS[3 * since.month - 3 : 3 * since.month]  # in English, whatever the locale
        day = f"{since.day}-{month}-{since.year}"
        found = self._said("SEARCH", "UID", f"{uid + 1}:*", "SINCE", day)
        ids = (int(one) for part in found if isinstance(part, bytes) for one in part.split())
        return sorted(id for id in ids if id > uid)

    def raw(self, uid: int) -> bytes | None:
        """The mail, at most one byte more than is read; None if it was removed. Not marked seen."""
        found = self._said("FETCH", str(uid), f"(BODY.PEEK[]<0.{LARGEST + 1}>)")
        return next((part[1] for part in found if isinstance(part, tuple)), None)

    def mark_seen(self, uid: int) -> None:
        """Mark the mail as read, for people who look into the same mailbox."""
        self._said("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")

    def _said(self, *command: str) -> list[bytes | tuple[bytes, bytes] | None]:
        with _told():
            status, found = self.connection.uid(*command)
        if status != "OK":
            raise MailboxTrouble(f"{command[0]} was refused")
        return list(found)


@contextmanager
def opened(url: str) -> Iterator[Box]:
    """The mailbox that ``url`` names. Raises MailboxTrouble."""
    parts = urlsplit(url)
    name = unquote(parts.path.strip("/")) or "INBOX"
    with _told():
        connection = _connected(parts)
    try:
        if not _NAME.fullmatch(name):
            raise MailboxTrouble("a plain name of a mailbox is needed")
        with _told():
            status, _count = connection.select(name)
            _name, validity = connection.response("UIDVALIDITY")
        if status != "OK" or not validity or not validity[0]:
            raise MailboxTrouble("the mailbox cannot be opened")
        yield Box(f"{parts.username}@{parts.hostname}/{name}", int(validity[0]), connection)
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            connection.logout()
        with suppress(OSError):
            connection.shutdown()


@sensitive_variables()
def _connected(parts: SplitResult) -> imaplib.IMAP4:
    connection: imaplib.IMAP4
    host = parts.hostname or ""
    if parts.scheme == "imaps":
        context = ssl.create_default_context()
        connection = imaplib.IMAP4_SSL(
            host, parts.port or 993, ssl_context=context, timeout=SECONDS
        )
    else:
        connection = imaplib.IMAP4(host, parts.port or 143, timeout=SECONDS)
    try:
        connection.login(unquote(parts.username or ""), unquote(parts.password or ""))
    except imaplib.IMAP4.error:
        connection.shutdown()
        raise
    return connection


@contextmanager
def _told() -> Iterator[None]:
    """Every failure as MailboxTrouble, without what was said: it may hold the password."""
    try:
        yield
    except (OSError, imaplib.IMAP4.error, ValueError) as problem:
        raise MailboxTrouble(type(problem).__name__) from None
