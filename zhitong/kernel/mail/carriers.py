"""Handing a mail to a server (RFC 5321): over TLS, or in the clear on this machine only."""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import SplitResult, unquote, urlsplit

from django.views.decorators.debug import sensitive_variables

SECONDS = 20.0
NEAR = frozenset({"localhost", "127.0.0.1", "::1"})

Carrier = Callable[[str, str, bytes], None]


class CarrierTrouble(Exception):
    """The mail was not taken. ``final``: another try would not help; ``here``: only this mail."""

    def __init__(self, what: str, *, final: bool = False, here: bool = False) -> None:
        super().__init__(what)
        self.final = final
        self.here = here


@contextmanager
def carrier(url: str, name: str) -> Iterator[Carrier]:
    """A connection that takes mails: sender, recipient, bytes. Raises CarrierTrouble.

    ``name`` is how we greet: the domain of our address, not the name of this machine.
    """
    with _told():
        server = _connected(urlsplit(url), name)

    def hand_over(sender: str, to: str, raw: bytes) -> None:
        with _told():
            server.sendmail(sender, [to], raw)

    try:
        yield hand_over
    finally:
        with suppress(OSError, smtplib.SMTPException):
            server.quit()
        server.close()


@sensitive_variables()
def _connected(parts: SplitResult, name: str) -> smtplib.SMTP:
    host = parts.hostname or ""
    server: smtplib.SMTP
    if parts.scheme == "smtps":
        context = ssl.create_default_context()
        server = smtplib.SMTP_SSL(host, parts.port or 465, name, timeout=SECONDS, context=context)
    else:
        server = smtplib.SMTP(host, parts.port or 587, name, timeout=SECONDS)
    try:
        if parts.scheme != "smtps" and host not in NEAR:
            server.starttls(context=ssl.create_default_context())
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
    except (OSError, smtplib.SMTPException):
        server.close()
        raise
    return server


@contextmanager
def _told() -> Iterator[None]:
    """Every failure as CarrierTrouble, with the server's code and never with the mail in it."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as refused:
        code = next(iter(refused.recipients.values()))[0]
        raise CarrierTrouble(f"SMTP {code}", final=code >= 500, here=True) from None
    except smtplib.SMTPResponseException as answer:
        of_mail = isinstance(answer, smtplib.SMTPDataError)
        code = answer.smtp_code
        final = of_mail and code >= 500
        raise CarrierTrouble(f"SMTP {code}", final=final, here=of_mail) from None
    except (OSError, smtplib.SMTPException) as problem:
        raise CarrierTrouble(type(problem).__name__) from None
