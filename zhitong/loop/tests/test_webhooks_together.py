"""A slow receiver keeps neither the timers nor other receivers waiting."""

import time

import pytest

from zhitong.kernel.scope import acting
from zhitong.kernel.webhooks import actions, delivery
from zhitong.kernel.webhooks.models import WebhookMessage
from zhitong.kernel.webhooks.tests.receiver import receiving
from zhitong.loop.tests.test_webhooks import administrator, subscribed


def until(true) -> bool:
    """Wait for it, five seconds at most."""
    ends = time.monotonic() + 5
    while not true() and time.monotonic() < ends:
        time.sleep(0.02)
    return bool(true())


@pytest.mark.django_db(transaction=True)
def test_a_slow_receiver_delays_nobody():
    with receiving() as slow, receiving() as quick:
        slow.gate.clear()
        hooks = [subscribed(one)[0] for one in (slow, quick)]
        with acting(administrator()):
            for _ in range(4):
                actions.ping(webhook=hooks[0].pk)
            actions.ping(webhook=hooks[1].pk)
        before = time.monotonic()
        assert delivery.start() == delivery.EACH + 1
        assert time.monotonic() - before < 2
        assert until(lambda: hooks[1].messages.filter(delivered_at__isnull=False).count() == 1)
        assert delivery.start() == 0
        slow.gate.set()
        assert until(lambda: not delivery._flying)
        assert delivery.start() == 2
        assert until(lambda: not WebhookMessage.objects.filter(delivered_at=None).exists())
