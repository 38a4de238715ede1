"""The books of who is signed in: finding a sign-in by its cookie, and noting that it is in use.

Noting the time of the last request is bookkeeping of the door, at most once a minute, and not
an action (docs/decisions/0006). Opening and ending a sign-in are actions.
"""

import hashlib
import secrets
from datetime import datetime
from functools import cache

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from zhitong.kernel.clock import now
from zhitong.kernel.identity.domain import (
    RESIDENT_LIMITS,
    STAFF_LIMITS,
    TOUCH_EVERY,
    Limits,
    is_over,
)
from zhitong.kernel.identity.models import SignIn

COOKIE = "zhitong_sign_in"
TOKEN_LENGTH = 43
POLL_HEADER = "Zhitong-Poll"


def new_token() -> str:
    """256 random bits for the cookie."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """What the database keeps of a token or API key: they are random, so a plain hash will do."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def limits_of(sign_in: SignIn) -> Limits:
    """Staff sit at shared desks; residents hold their own phone."""
    return STAFF_LIMITS if sign_in.account_id else RESIDENT_LIMITS


def find(token: str) -> SignIn | None:
    """The living sign-in of a cookie, its account beside it, or None. One query.

    Passwords and sealed secrets stay in the database.
    """
    if len(token) != TOKEN_LENGTH:
        return None
    sign_in = next(iter(_living().filter(digest=digest_of(token))), None)
    if sign_in is None or over(sign_in, now()):
        return None
    return sign_in if sign_in.account is None or sign_in.account.active else None


@cache
def _living() -> QuerySet[SignIn]:
    """The query of every signed-in request, put together once."""
    rows = SignIn.objects.select_related("account").filter(ended_at=None)
    return rows.defer("account__password", "account__totp_secret")


def over(sign_in: SignIn, at: datetime) -> bool:
    """Whether a sign-in has run out."""
    return is_over(
        stage=sign_in.stage,
        limits=limits_of(sign_in),
        started_at=sign_in.started_at,
        last_seen_at=sign_in.last_seen_at,
        now=at,
    )


def touch(sign_in: SignIn, request: HttpRequest) -> None:
    """Note that the sign-in is in use. A page that refreshes itself is not a person at work."""
    at = now()
    if at - sign_in.last_seen_at >= TOUCH_EVERY and POLL_HEADER not in request.headers:
        SignIn.objects.filter(pk=sign_in.pk, last_seen_at__lt=at).update(last_seen_at=at)


def give_cookie(response: HttpResponse, token: str) -> None:
    """Hand the token to the browser, until it is closed."""
    response.set_cookie(
        COOKIE,
        token,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def take_cookie(response: HttpResponse) -> None:
    """Let the browser forget the token."""
    response.delete_cookie(COOKIE, samesite="Lax")
