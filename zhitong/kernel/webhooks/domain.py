"""The rules of webhooks, in plain Python: signatures, and when to try again.

Signed as Standard Webhooks 1.0 says (standardwebhooks.com): ``webhook-signature`` holds, for each
secret in force, ``v1,`` and the base64 of HMAC-SHA256 over id, timestamp and body, joined by dots.
"""

import base64
import hmac
import random
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from hashlib import sha256

SECRET_PREFIX = "whsec_"  # noqa: S105
SECRET_BYTES = 32
WAITS = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 30, 120, 600, 1800, 7200, 18_000, 36_000, 50_400, 86_400)
)
"""How long to wait after each failed try; after the last, a message is left to a person."""
MOST_TRIES = len(WAITS)
JITTER = 0.2
LONGEST_WAIT = timedelta(days=1)
OVERLAP = timedelta(days=1)
"""How long a former secret still signs, so that a receiver can change over without a gap."""
PATIENCE = timedelta(days=5)
"""After so long without a single success a webhook is paused."""
GONE = 410
ASKS_TO_WAIT = frozenset({429, 503})


def signature(secret: str, name: str, stamp: int, body: bytes) -> str:
    """One signature by one secret."""
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    signed = f"{name}.{stamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, sha256)).decode()


def headers(secrets: Sequence[str], name: str, stamp: int, body: bytes) -> dict[str, str]:
    """What a message carries beside its body."""
    signed = (signature(secret, name, stamp, body) for secret in secrets)
    return {
        "Content-Type": "application/json",
        "webhook-id": name,
        "webhook-timestamp": str(stamp),
        "webhook-signature": " ".join(signed),
    }


def wait_after(tries: int, asked: timedelta | None, rng: random.Random) -> timedelta | None:
    """How long to wait after the given number of failed tries; None when that was the last.

    A receiver that asks for more time gets it, up to a day; it cannot ask for less.
    """
    if tries >= MOST_TRIES:
        return None
    usual = WAITS[tries - 1] * rng.uniform(1 - JITTER, 1 + JITTER)
    return min(max(usual, asked or usual), LONGEST_WAIT)


def retry_after(value: str, at: datetime) -> timedelta | None:
    """How long a receiver asks to be left alone (RFC 9110, 10.2.3); None when it makes no sense."""
    text = value.strip()
    if re.fullmatch(r"[0-9]{1,9}", text):
        return timedelta(seconds=int(text))
    try:
        then = parsedate_to_datetime(text)
    except (TypeError, ValueError, OverflowError):
        return None
    return max(then - at, timedelta(0)) if then.tzinfo else None
