"""How fast one program may send, counted in the memory of each web process.

A counter in the database would cost every call a write. Processes count apart, so the whole
instance lets through as many times more as it has web processes; that is what the limit is for:
a program gone wild must not take the others' place, and needs no exact number.
"""

from threading import Lock

from django.conf import settings

from zhitong.kernel.clock import now
from zhitong.kernel.identity.domain import Count, Window, spend
from zhitong.kernel.identity.throttle import MINUTE

SPAN = 10 * MINUTE
_counts: dict[str, Count] = {}
_lock = Lock()


def allowed(actor: str) -> bool:
    """Count one call of this actor; False when it is one too many."""
    with _lock:
        _counts[actor], free = spend(Window(settings.API_LIMIT, SPAN), _counts.get(actor), now())
    return free


def pause(actor: str) -> float:
    """The seconds after which this actor may call again."""
    count = _counts.get(actor)
    return max(1.0, (count.since + SPAN - now()).total_seconds()) if count else 0.0
