"""Counters at the doors, kept in the database so that every process counts together.

Keeping count is the door's own bookkeeping: it happens before anybody acts, survives the
refusal it leads to, and is therefore not an action (docs/decisions/0006).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from zhitong.kernel.clock import now
from zhitong.kernel.crypto.index import keyed_digest
from zhitong.kernel.errors import TooMany
from zhitong.kernel.identity.domain import Count, Window, spend
from zhitong.kernel.identity.models import Throttle

MINUTE = timedelta(minutes=1)
DOORS: dict[str, Window] = {
    "sign_in.account": Window(5, 15 * MINUTE),
    "sign_in.address": Window(60, 15 * MINUTE),
    "second.account": Window(5, 15 * MINUTE),
    "password.account": Window(5, 15 * MINUTE),
    "code.ask.phone": Window(3, 15 * MINUTE),
    "code.ask.address": Window(30, 60 * MINUTE),
    "code.try.address": Window(60, 15 * MINUTE),
    "track.address": Window(60, 10 * MINUTE),
    "say.address": Window(300, 10 * MINUTE),
    "say_for.actor": Window(300, 10 * MINUTE),
    "known.address": Window(300, 10 * MINUTE),
}
SET_BY_OPERATOR = {"say.address": "SAY_LIMIT"}


def knock(doors: Mapping[str, str]) -> dict[str, int]:
    """Count a try at each door (door: who); return how many are left at each.

    Tries are counted before they are judged, so that many at the same moment cannot slip
    through together. Raises TooMany when one of the doors is shut.
    """
    at = now()
    named = {_key(door, who): door for door, who in doors.items()}
    fresh = [
        Throttle(key=key, tries=0, since=at, until=at + window_of(door).span)
        for key, door in sorted(named.items())
    ]
    with transaction.atomic():
        Throttle.objects.bulk_create(fresh, ignore_conflicts=True)
        rows = list(Throttle.objects.select_for_update().filter(key__in=named).order_by("key"))
        left = {named[row.key]: _spend(row, window_of(named[row.key]), at) for row in rows}
        Throttle.objects.bulk_update(rows, ["tries", "since", "until"])
    shut = [door for door, many in left.items() if many < 0]
    if shut:
        raise TooMany(reason=shut[0])
    return left


def window_of(door: str) -> Window:
    """How many tries a door allows in which time; of some the operator may set how many."""
    window = DOORS[door]
    limit = SET_BY_OPERATOR.get(door)
    return Window(getattr(settings, limit), window.span) if limit else window


def _spend(row: Throttle, window: Window, at: datetime) -> int:
    """Count one try in the row; how many are left, or -1 when it was one too many."""
    count, allowed = spend(window, Count(row.tries, row.since), at)
    row.tries, row.since, row.until = count.tries, count.since, count.since + window.span
    return window.limit - count.tries if allowed else -1


def forget(door: str, who: str) -> None:
    """Start counting anew, after a try that was right."""
    Throttle.objects.filter(key=_key(door, who)).delete()


def forgive(door: str, who: str) -> None:
    """Take one try back: it was right, but others may share the counter."""
    with transaction.atomic():
        row = Throttle.objects.select_for_update().filter(key=_key(door, who)).first()
        if row is not None and row.tries > 0:
            row.tries -= 1
            row.save(update_fields=["tries"])


def sweep() -> int:
    """Remove counters whose window is over; returns how many."""
    return Throttle.objects.filter(until__lt=now()).delete()[0]


def address_of(request: HttpRequest) -> str:
    """The client's network address, as seen by the outermost proxy we trust.

    ``settings.PROXIES`` trusted proxies each append to X-Forwarded-For; what stands further
    left was written by the client and is not believed.
    """
    seen = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    trusted = settings.PROXIES
    if trusted and len(forwarded) >= trusted and forwarded[-trusted]:
        return forwarded[-trusted][:64]
    return seen


def _key(door: str, who: str) -> str:
    return keyed_digest("index", "identity.throttle", door, who)
