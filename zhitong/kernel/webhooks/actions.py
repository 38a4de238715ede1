"""What people decide about webhooks."""

import base64
import secrets
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.clock import now
from zhitong.kernel.crypto.sealed import unsealed
from zhitong.kernel.errors import Invalid, NotFound, Sentence
from zhitong.kernel.ids import uuid7
from zhitong.kernel.outbound.addresses import target_of
from zhitong.kernel.outbound.trouble import KINDS, OutboundTrouble
from zhitong.kernel.permits import permit
from zhitong.kernel.scope import current
from zhitong.kernel.text.clean import clean_line
from zhitong.kernel.webhooks.domain import OVERLAP, SECRET_BYTES, SECRET_PREFIX
from zhitong.kernel.webhooks.models import Webhook, WebhookMessage
from zhitong.kernel.webhooks.offers import OFFERS
from zhitong.kernel.webhooks.owing import BEGINS_AFTER, forget, written

WATCH = permit("webhooks.watch", _("See webhooks and what was delivered"))
PING = "webhooks.Ping"
PINGS_IN_A_MINUTE = 6


def _target(hook: UUID) -> str:
    return f"webhooks.Webhook:{hook}"


@sensitive_variables()
@action("webhooks.subscribe", describe=_("Let a partner system be told of facts"))
def subscribe(*, name: str, url: str, facts: Sequence[str], path: str) -> tuple[UUID, str]:
    """Make a webhook and return its id and its secret, which is not shown again. Raises Invalid.

    It covers one area within reach. Facts are told from some seconds later on.
    """
    title = clean_line(name, max_length=80).strip()
    problems: dict[str, Sentence] = {}
    if not title:
        problems["name"] = _("Please fill this in.")
    if not facts or not set(facts) <= set(OFFERS):
        problems["facts"] = _("Choose from the list.")
    if not path.endswith("/") or not current().reach.covers(path=path):
        problems["path"] = _("Choose an area that you serve.")
    try:
        target_of(url)
    except OutboundTrouble as trouble:
        problems["url"] = KINDS[trouble.kind]
    if problems:
        raise Invalid(fields=problems)
    identifier, secret, at = uuid7(), _new_secret(), now()
    Webhook.objects.create(
        id=identifier,
        name=title,
        url=url,
        facts=sorted(set(facts)),
        path=path,
        secret=secret,
        made_at=at,
        begins_at=at + BEGINS_AFTER,
    )
    acted_on(_target(identifier), path=path, url=url, facts=sorted(set(facts)))
    forget()
    return identifier, secret


@sensitive_variables()
@action("webhooks.rotate", describe=_("Change the secret of a webhook"))
def rotate(*, webhook: UUID) -> str:
    """A new secret, told once. For a day both sign, so that nothing is missed. Raises NotFound."""
    hook = _living(webhook)
    hook.former_secret, hook.former_until = unsealed(hook.secret), now() + OVERLAP
    hook.secret = secret = _new_secret()
    hook.save(update_fields=["secret", "former_secret", "former_until"])
    acted_on(_target(webhook), path=hook.path)
    return secret


@action("webhooks.end", describe=_("End a webhook"))
def end(*, webhook: UUID) -> None:
    """It is told nothing more. Raises NotFound."""
    hook = _living(webhook)
    hook.ended_at = now()
    hook.save(update_fields=["ended_at"])
    acted_on(_target(webhook), path=hook.path)


@action("webhooks.resume", describe=_("Go on with a webhook that was paused"))
def resume(*, webhook: UUID) -> None:
    """Facts are told again from now on, and what waits is tried again. Raises NotFound."""
    hook = _living(webhook)
    hook.paused_at = hook.failing_since = None
    hook.save(update_fields=["paused_at", "failing_since"])
    waiting = hook.messages.filter(delivered_at=None, dead_at=None)
    acted_on(_target(webhook), path=hook.path, waiting=waiting.update(next_try_at=now()))


@action("webhooks.ping", describe=_("Send a webhook a test message"))
def ping(*, webhook: UUID) -> UUID:
    """Owe it a message that says nothing. Raises NotFound, Invalid when asked too often."""
    hook, at = _living(webhook), now()
    lately = hook.messages.filter(fact=PING, made_at__gt=at - timedelta(minutes=1))
    if lately.count() >= PINGS_IN_A_MINUTE:
        raise Invalid(_("Six tests in a minute are enough. Wait a little."))
    made = WebhookMessage.objects.create(
        webhook=hook,
        fact=PING,
        event=uuid4(),
        body=written(PING, at, {"webhook": str(hook.pk)}),
        made_at=at,
        next_try_at=at,
    )
    acted_on(_target(webhook), path=hook.path, message=str(made.pk))
    return made.pk


@action("webhooks.replay", describe=_("Send a webhook a message again"))
def replay(*, message: UUID) -> UUID:
    """Make a message due now, with all its tries before it; returns its webhook. The receiver
    knows it by its ``webhook-id``, which stays. Raises NotFound."""
    row = WebhookMessage.objects.filter(pk=message).first()
    if row is None:
        raise NotFound
    hook = _living(row.webhook_id)
    fresh = {"attempts": 0, "next_try_at": now(), "delivered_at": None, "dead_at": None}
    WebhookMessage.objects.filter(pk=message).update(**fresh)
    acted_on(_target(hook.pk), path=hook.path, message=str(message), fact=row.fact)
    return hook.pk


def _living(webhook: UUID) -> Webhook:
    hook = Webhook.objects.select_for_update().filter(pk=webhook, ended_at=None).first()
    if hook is None or not current().reach.covers(path=hook.path):
        raise NotFound
    return hook


def _new_secret() -> str:
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
