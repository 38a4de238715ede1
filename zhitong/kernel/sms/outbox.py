"""Putting a text message into the outbox: the one way a message leaves the house."""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.views.decorators.debug import sensitive_variables

from zhitong.kernel.clock import now
from zhitong.kernel.sms.models import SmsMessage

LONGEST = 500


@sensitive_variables()
def send(*, to: str, text: str, reason: str, not_after: datetime | None = None) -> UUID:
    """Promise a message to a mobile number of 11 digits, in the transaction of an action.

    ``reason`` says in a few words what for, for the operator's page. After ``not_after`` the
    message is pointless and given up. Raises RuntimeError outside a transaction: a message must
    not leave for something that did not happen. Raises ValueError for an over-long text.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("send() outside an action")
    if not 0 < len(text) <= LONGEST:
        raise ValueError(f"a message has 1 to {LONGEST} characters")
    at = now()
    message = SmsMessage.objects.create(
        phone=to, text=text, reason=reason, made_at=at, not_after=not_after, next_try_at=at
    )
    return message.pk
