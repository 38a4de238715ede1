"""Delivering what is in the outbox. Run by one worker at a time; the gateway drops doubles.

Delivery is the kernel's own machinery, as the relay of the bus is: nobody acts, so nothing
here is an action (docs/decisions/0006).
"""

import random
from datetime import timedelta

from django.db.models import F

from zhitong.kernel.clock import now
from zhitong.kernel.crypto.boxes import Unreadable
from zhitong.kernel.crypto.sealed import unsealed
from zhitong.kernel.sms.gateways import Gateway, GatewayTrouble, Letter, gateway
from zhitong.kernel.sms.models import SmsMessage

BATCH = 20
MOST_ATTEMPTS = 10
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=10)
KEPT = timedelta(days=7)


def deliver(limit: int = BATCH) -> int:
    """Hand over what is due; returns how many messages were taken.

    A gateway that does not answer ends the round: waiting for it once for every message would
    hold up everything else that the worker does by the clock.
    """
    hand_over = gateway()
    due = SmsMessage.objects.filter(sent_at=None, failed_at=None, next_try_at__lte=now())
    taken = 0
    for message in due.order_by("next_try_at", "id")[:limit]:
        try:
            taken += _deliver(message, hand_over)
        except GatewayTrouble:
            break
    return taken


def forget_old() -> int:
    """Remove messages a week after they were made; returns how many."""
    return SmsMessage.objects.filter(made_at__lt=now() - KEPT).delete()[0]


def _deliver(message: SmsMessage, hand_over: Gateway) -> bool:
    """Whether the message was taken. Raises GatewayTrouble when it is worth waiting."""
    mine = SmsMessage.objects.filter(pk=message.pk, attempts=message.attempts)
    if message.not_after is not None and message.not_after <= now():
        mine.update(failed_at=now(), last_error="too late")
        return False
    again = now() + wait_after(message.attempts)
    if not mine.update(attempts=F("attempts") + 1, next_try_at=again):
        return False
    row = SmsMessage.objects.filter(pk=message.pk)
    try:
        hand_over(Letter(str(message.pk), unsealed(message.phone), unsealed(message.text)))
    except Unreadable:
        row.update(last_error="unreadable", failed_at=now())
        return False
    except GatewayTrouble as trouble:
        final = trouble.final or message.attempts + 1 >= MOST_ATTEMPTS
        row.update(last_error=str(trouble)[:120], failed_at=now() if final else None)
        if trouble.final:
            return False
        raise
    row.update(sent_at=now(), last_error="")
    return True


def wait_after(attempts: int) -> timedelta:
    """How long to wait for the next try: doubling from five seconds, with jitter of a quarter."""
    doubled = min(FIRST_WAIT * (1 << min(attempts, MOST_ATTEMPTS)), LONGEST_WAIT)
    return doubled * random.uniform(0.75, 1.25)  # noqa: S311
