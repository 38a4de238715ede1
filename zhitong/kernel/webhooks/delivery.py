"""Handing messages over: leased, signed, tried again, written down.

Calls wait for other machines, so each has a thread of its own and the worker's other timers go
on. A message counts as tried when it is taken; one whose worker died is due again after LEASE.
"""

import logging
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import F
from django.views.decorators.debug import sensitive_variables

from zhitong.kernel.bus.faults import Attempt, describe
from zhitong.kernel.clock import now
from zhitong.kernel.crypto.boxes import Unreadable
from zhitong.kernel.crypto.sealed import unsealed
from zhitong.kernel.outbound.calling import Answer, Bounds, call
from zhitong.kernel.outbound.trouble import OutboundTrouble
from zhitong.kernel.webhooks.domain import (
    ASKS_TO_WAIT,
    GONE,
    PATIENCE,
    headers,
    retry_after,
    wait_after,
)
from zhitong.kernel.webhooks.models import Webhook, WebhookAttempt, WebhookMessage

log = logging.getLogger(__name__)
BOUNDS = Bounds(seconds=10.0, size=16 * 1024)
LEASE = timedelta(seconds=60)
AT_ONCE = 8
EACH = 2
"""Calls on their way at once, and to one webhook: a slow receiver delays nobody else."""
KEPT = timedelta(days=30)
UNREADABLE = "unreadable"
_rng = random.SystemRandom()
_flying: Counter[UUID] = Counter()
_lock = threading.Lock()


def start() -> int:
    """Take what is due and hand each over in a thread of its own; returns how many."""
    started = 0
    for message in _taken():
        threading.Thread(target=_fly, args=(message,), name="webhook", daemon=True).start()
        started += 1
    return started


def deliver() -> int:
    """The same one after the other, for commands and tests; returns how many were handed over."""
    return sum(_landed(message) for message in _taken())


def forget_old() -> int:
    """Remove messages and their tries after KEPT; returns how many rows went."""
    return WebhookMessage.objects.filter(made_at__lt=now() - KEPT).delete()[0]


def _taken() -> Iterator[WebhookMessage]:
    due = WebhookMessage.objects.filter(
        delivered_at=None, dead_at=None, next_try_at__lte=now(),
        webhook__ended_at=None, webhook__paused_at=None,
    )  # fmt: skip
    rows = due.select_related("webhook").order_by("next_try_at", "id")
    for message in list(rows[: 4 * AT_ONCE]):
        with _lock:
            if _flying.total() >= AT_ONCE:
                return
            if _flying[message.webhook_id] >= EACH:
                continue
            _flying[message.webhook_id] += 1
        mine = WebhookMessage.objects.filter(pk=message.pk, attempts=message.attempts)
        if mine.update(attempts=F("attempts") + 1, next_try_at=now() + LEASE):
            message.attempts += 1
            yield message
        else:
            _let_go(message)


def _let_go(message: WebhookMessage) -> None:
    with _lock:
        _flying[message.webhook_id] -= 1
        if _flying[message.webhook_id] <= 0:
            del _flying[message.webhook_id]


def _fly(message: WebhookMessage) -> None:
    with Attempt() as attempt:
        _landed(message)
    if attempt.error is not None:
        log.error("webhook: %s", describe(attempt.error))
    with Attempt():
        connection.close()


def _landed(message: WebhookMessage) -> bool:
    """Hand one message over and write down how that went. Whether it was taken."""
    try:
        answer, trouble, seconds = _handed(message)
    finally:
        _let_go(message)
    at = now()
    WebhookAttempt.objects.create(
        message=message,
        at=at,
        status=answer.status if answer else None,
        trouble=trouble,
        millis=int(seconds * 1000),
    )
    if answer and 200 <= answer.status < 300:
        WebhookMessage.objects.filter(pk=message.pk).update(delivered_at=at)
        Webhook.objects.filter(pk=message.webhook_id).update(failing_since=None)
        return True
    _failed(message, answer, at)
    return False


@sensitive_variables()
def _handed(message: WebhookMessage) -> tuple[Answer | None, str, float]:
    """What came back, or which trouble there was, and how long it took."""
    began, body = time.monotonic(), message.body.encode()
    try:
        signed = headers(_secrets(message.webhook), message.name, int(now().timestamp()), body)
        answer = call("POST", message.webhook.url, body=body, headers=signed, bounds=BOUNDS)
    except OutboundTrouble as trouble:
        return None, trouble.kind.value, time.monotonic() - began
    except Unreadable:
        return None, UNREADABLE, time.monotonic() - began
    return answer, "", time.monotonic() - began


@sensitive_variables()
def _secrets(hook: Webhook) -> list[str]:
    """The secret, and the one before it while both are good."""
    held = [unsealed(hook.secret)]
    if hook.former_secret is not None and hook.former_until and hook.former_until > now():
        held.append(unsealed(hook.former_secret))
    return held


def _failed(message: WebhookMessage, answer: Answer | None, at: datetime) -> None:
    asked = None
    if answer and answer.status in ASKS_TO_WAIT:
        asked = retry_after(answer.headers.get("retry-after", ""), at)
    wait = wait_after(message.attempts, asked, _rng)
    mine = WebhookMessage.objects.filter(pk=message.pk, delivered_at=None)
    if wait is None:
        mine.update(dead_at=at)
    else:
        mine.update(next_try_at=at + wait)
    hook = Webhook.objects.filter(pk=message.webhook_id, paused_at=None)
    hook.filter(failing_since=None).update(failing_since=at)
    if answer and answer.status == GONE:
        hook.update(paused_at=at)
    hook.filter(failing_since__lt=at - PATIENCE).update(paused_at=at)
