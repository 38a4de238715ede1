"""The rules of the door, in plain Python: limits, stages, numbers and addresses.

Sources: GB/T 22239-2019 §8.1.4.1 (identity: unique, complex, locked after failures, ended when
idle, two factors); RFC 6238 (time-based codes); RFC 3986 (addresses).
"""

import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit


class Stage(StrEnum):
    """How far a sign-in has come. Only OPEN carries a scope."""

    SECOND = "second"
    RENEW = "renew"
    OPEN = "open"


class Factor(StrEnum):
    """What proved the second factor."""

    NONE = ""
    TOTP = "totp"
    PASSKEY = "passkey"
    RECOVERY = "recovery"
    PHONE = "phone"
    DEMO = "demo"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a sign-in lives: without use, and at the longest."""

    idle: timedelta
    absolute: timedelta


STAFF_LIMITS = Limits(idle=timedelta(minutes=15), absolute=timedelta(hours=8))
RESIDENT_LIMITS = Limits(idle=timedelta(minutes=60), absolute=timedelta(hours=8))
PENDING_LIMIT = timedelta(minutes=10)
TOUCH_EVERY = timedelta(minutes=1)
SIGN_INS_AT_ONCE = 5
BREAK_GLASS_LIMIT = timedelta(hours=24)

CODE_LIFE = timedelta(minutes=5)
CODE_TRIES = 5

RECOVERY_CODES = 10
RECOVERY_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LONGEST_AGENT = 80
LONGEST_ADDRESS = 2000

_MOBILE = re.compile(r"1[3-9]\d{9}")
_FILLER = re.compile(r"[\s\-().]+")
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,38}[a-z0-9]")


def is_over(
    *, stage: str, limits: Limits, started_at: datetime, last_seen_at: datetime, now: datetime
) -> bool:
    """Whether a sign-in has reached its idle or absolute limit."""
    if stage != Stage.OPEN and now - started_at >= PENDING_LIMIT:
        return True
    return now - last_seen_at >= limits.idle or now - started_at >= limits.absolute


@dataclass(frozen=True, slots=True)
class Window:
    """How many tries one key may make within a span of time."""

    limit: int
    span: timedelta


@dataclass(frozen=True, slots=True)
class Count:
    """Tries counted since the window of one key was opened."""

    tries: int
    since: datetime


def spend(window: Window, count: Count | None, now: datetime) -> tuple[Count, bool]:
    """Count one try; the second value says whether it is still allowed.

    A refused try is not counted, so that knocking on a locked door does not lock it for ever;
    the window is fixed: it opens with the first try and ends ``span`` later. Clocks of several
    processes differ a little: a try from just before the window counts in it.
    """
    if count is None or abs(now - count.since) >= window.span:
        return Count(1, now), True
    if count.tries >= window.limit:
        return count, False
    return Count(count.tries + 1, count.since), True


def plain_username(typed: str) -> str:
    """A user name in the one form it is stored in; '' if it cannot be one."""
    plain = unicodedata.normalize("NFKC", typed).strip().casefold()
    return plain if _USERNAME.fullmatch(plain) else ""


def plain_phone(typed: str) -> str:
    """A mainland mobile number as 11 digits, from any usual spelling; '' if it is none."""
    digits = _FILLER.sub("", unicodedata.normalize("NFKC", typed))
    digits = re.sub(r"^(\+86|0086)", "", digits)
    return digits if digits.isascii() and _MOBILE.fullmatch(digits) else ""


def masked_phone(phone: str) -> str:
    """A phone number as its owner recognises it: ``138****5678``."""
    return f"{phone[:3]}****{phone[-4:]}"


def plain_digits(typed: str, *, length: int) -> str:
    """A typed code of so many digits, whatever its width and spacing; '' if it is none."""
    digits = re.sub(r"[\s\-]+", "", unicodedata.normalize("NFKC", typed[:40]))
    return digits if digits.isascii() and digits.isdigit() and len(digits) == length else ""


def new_digits() -> str:
    """A one-time code of six digits."""
    return f"{secrets.randbelow(10**6):06d}"


def new_recovery_code() -> str:
    """A recovery code such as ``k7m2-x9qd-4hcv`` (59 bits)."""
    letters = "".join(secrets.choice(RECOVERY_ALPHABET) for _ in range(12))
    return "-".join(letters[at : at + 4] for at in range(0, 12, 4))


def plain_recovery_code(typed: str) -> str:
    """A typed recovery code in the form it was printed."""
    letters = re.sub(r"[\s\-]+", "", unicodedata.normalize("NFKC", typed[:60])).lower()
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def same_site_path(typed: str, *, default: str = "/") -> str:
    """An address to go on to, only if it is a plain path on this very site.

    Browsers read ``\\`` as ``/`` and skip control characters, and ``//host`` leaves the site:
    whatever is not beyond doubt becomes ``default``.
    """
    if (
        not typed.startswith("/")
        or len(typed) > LONGEST_ADDRESS
        or typed[1:2] in {"/", "\\"}
        or any(unicodedata.category(letter)[0] == "C" for letter in typed)
        or "\\" in typed
    ):
        return default
    try:
        parts = urlsplit(typed)
    except ValueError:
        return default
    return default if parts.scheme or parts.netloc else typed


_BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def short_agent(header: str) -> str:
    """A browser as its owner recognises it, such as ``Chrome · Android``; no fingerprint kept."""
    browser = next((name for sign, name in _BROWSERS if sign in header), "?")
    system = next((name for sign, name in _SYSTEMS if sign in header), "?")
    return f"{browser} · {system}"[:LONGEST_AGENT]
