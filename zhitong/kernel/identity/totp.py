"""Time-based one-time passwords (RFC 6238): six digits, 30 seconds, SHA-1, as every app reads."""

import base64
import secrets
from urllib.parse import quote

from django.utils.safestring import SafeString
from django.views.decorators.debug import sensitive_variables
from django_otp.oath import TOTP

from zhitong.kernel.clock import now
from zhitong.kernel.identity.domain import plain_digits
from zhitong.kernel.media.qr import drawn

SECRET_BYTES = 20
DIGITS = 6
TOLERANCE = 1
ISSUER = "Zhitong"


def new_secret() -> str:
    """A fresh secret in base 32, as authenticator apps take it."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode("ascii")


@sensitive_variables()
def fitting_step(secret: str, typed: str, *, after: int) -> int | None:
    """The time step whose code was typed, one step of clock error either way; None if none.

    Steps up to ``after`` were used already and do not fit any more: no code works twice.
    """
    digits = plain_digits(typed, length=DIGITS)
    if not digits:
        return None
    clock = TOTP(base64.b32decode(secret))
    clock.time = now().timestamp()
    if not clock.verify(int(digits), tolerance=TOLERANCE, min_t=after + 1):
        return None
    return int(clock.t())


@sensitive_variables()
def address(secret: str, username: str) -> str:
    """The otpauth address that a QR code carries to the app."""
    who = quote(f"{ISSUER}:{username}")
    return f"otpauth://totp/{who}?secret={secret}&issuer={ISSUER}&digits={DIGITS}&period=30"


@sensitive_variables()
def picture(secret: str, username: str) -> SafeString:
    """The QR code that an authenticator app scans."""
    return drawn(address(secret, username))
