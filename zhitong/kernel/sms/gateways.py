"""The ways a message can leave: kept for a page to show, or handed to a gateway over HTTP."""

import hashlib
import hmac
import http.client
import json
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.views.decorators.debug import sensitive_variables

from zhitong.kernel.clock import now

SECONDS = 5.0
LONGEST_ANSWER = 4096
AGAIN_LATER = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class Letter:
    """One message in the clear, for as long as it takes to hand it over."""

    id: str
    to: str
    text: str


class GatewayTrouble(Exception):
    """The message was not taken. ``final`` says that another try would not help."""

    def __init__(self, what: str, *, final: bool) -> None:
        super().__init__(what)
        self.final = final


Gateway = Callable[[Letter], None]


def gateway() -> Gateway:
    """The way that the settings name."""
    return {"file": keep, "http": hand_over}[settings.SMS]


def keep(letter: Letter) -> None:
    """Leave the message in its table, where demo mode shows it."""


@sensitive_variables()
def hand_over(letter: Letter) -> None:
    """POST the message as JSON to settings.SMS_URL, signed with settings.SMS_SECRET.

    ``Zhitong-Signature`` is the hex HMAC-SHA256 (RFC 2104) over the value of
    ``Zhitong-Timestamp`` (Unix seconds), a dot and the body. The message's id goes along as
    ``Idempotency-Key``: a gateway that sees it twice sends once. Only 2xx counts as taken;
    redirects are not followed. Raises GatewayTrouble.
    """
    body = json.dumps({"id": letter.id, "to": letter.to, "text": letter.text}).encode()
    stamp = str(int(now().timestamp()))
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": letter.id,
        "Zhitong-Timestamp": stamp,
        "Zhitong-Signature": signature(settings.SMS_SECRET, stamp, body),
    }
    status = _post(settings.SMS_URL, body, headers)
    if not 200 <= status < 300:
        final = 300 <= status < 500 and status not in AGAIN_LATER
        raise GatewayTrouble(f"HTTP {status}", final=final)


@sensitive_variables()
def signature(secret: str, stamp: str, body: bytes) -> str:
    """The signature that both sides compute."""
    return hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def _post(url: str, body: bytes, headers: dict[str, str]) -> int:
    parts = urlsplit(url)
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        context = ssl.create_default_context()
        connection = http.client.HTTPSConnection(parts.netloc, timeout=SECONDS, context=context)
    else:
        connection = http.client.HTTPConnection(parts.netloc, timeout=SECONDS)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", target, body, headers)
        answer = connection.getresponse()
        answer.read(LONGEST_ANSWER)
        return answer.status
    except (OSError, http.client.HTTPException) as problem:
        raise GatewayTrouble(type(problem).__name__, final=False) from problem
    finally:
        connection.close()
