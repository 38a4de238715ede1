"""From a fact to a message for everybody who asked for it: all of it or nothing, and once.

Nobody who opens a matter waits for webhooks: what is wanted is known to every process, no older
than KEPT seconds, and a fact that nobody asked for costs nothing. A new webhook therefore begins a
little later than it was made.
"""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from zhitong.kernel.bus.hearing import heard
from zhitong.kernel.clock import now
from zhitong.kernel.errors import NotFound
from zhitong.kernel.webhooks.models import Webhook, WebhookMessage

Told = dict[str, str | int | None]
"""What is told of a fact: ids, codes and numbers, by name."""

KEPT = 5.0
BEGINS_AFTER = timedelta(seconds=2 * KEPT)
_known: dict[str, tuple[float, frozenset[str]]] = {}


def is_wanted(fact: str) -> bool:
    """Whether a webhook wants to be told of this fact, as of KEPT seconds ago at most."""
    until, names = _known.get("", (0.0, frozenset()))
    if time.monotonic() >= until:
        rows = Webhook.objects.filter(ended_at=None).values_list("facts", flat=True)
        names = frozenset(name for facts in rows for name in facts)
        _known[""] = (time.monotonic() + KEPT, names)
    return fact in names


def forget() -> None:
    """Look again at the next fact."""
    _known.clear()


def hear(fact: object, tell: Callable[[Any], Told]) -> None:
    """Owe the fact that is being heard to every webhook that covers its place."""
    event = heard()
    living = Webhook.objects.filter(ended_at=None, paused_at=None, begins_at__lte=event.at)
    wanting = [
        hook for hook in living if event.name in hook.facts and event.path.startswith(hook.path)
    ]
    if not wanting:
        return
    try:
        told = tell(fact)
    except NotFound:  # it was removed since: there is nothing left to tell of
        return
    body = written(event.name, event.at, told)
    at = now()
    WebhookMessage.objects.bulk_create(
        WebhookMessage(
            webhook=hook, fact=event.name, event=event.uid, body=body, made_at=at, next_try_at=at
        )
        for hook in wanting
    )


def written(kind: str, at: datetime, told: Told) -> str:
    """The body: kind, time and data, as Standard Webhooks recommends."""
    stamp = at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return json.dumps({"type": kind, "timestamp": stamp, "data": told}, separators=(",", ":"))
