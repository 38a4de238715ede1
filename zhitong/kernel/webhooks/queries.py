"""Looking at webhooks, as far as the acting person reaches."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.areas.queries import labels
from zhitong.kernel.errors import Invalid, NotFound
from zhitong.kernel.scope import current
from zhitong.kernel.webhooks.models import Webhook, WebhookMessage

PAGE = 25


@dataclass(frozen=True, slots=True)
class Sent:
    """One page of messages, the newest first, and the key of the following page."""

    messages: list[WebhookMessage]
    following: str


def webhooks() -> list[tuple[Webhook, str]]:
    """Every webhook within reach with the name of its area, the newest first."""
    reach = current().reach
    rows = [row for row in Webhook.objects.order_by("-id") if reach.covers(path=row.path)]
    names = labels({_code(row) for row in rows})
    return [(row, names[_code(row)]) for row in rows]


def webhook(id: UUID) -> tuple[Webhook, str]:
    """One webhook with the name of its area. Raises NotFound outside reach."""
    row = Webhook.objects.filter(pk=id).first()
    if row is None or not current().reach.covers(path=row.path):
        raise NotFound
    return row, labels([_code(row)])[_code(row)]


def sent(hook: Webhook, *, before: str = "") -> Sent:
    """What was or will be sent, with every try. Raises Invalid for a page that is none."""
    rows = hook.messages.prefetch_related("tries").order_by("-id")
    if before:
        rows = rows.filter(id__lt=_key(before))
    found = list(rows[: PAGE + 1])
    return Sent(found[:PAGE], found[PAGE - 1].pk.hex if len(found) > PAGE else "")


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as problem:
        raise Invalid(
            _("This page of the list is not known. Start again from the top.")
        ) from problem


def _code(hook: Webhook) -> str:
    return hook.path.replace("/", "")
