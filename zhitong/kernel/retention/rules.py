"""How long the kernel's own tables keep their rows."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from zhitong.kernel.bus.history import over
from zhitong.kernel.identity.actions.residents import KEEP_CODES
from zhitong.kernel.identity.timers import KEEP_SIGN_INS
from zhitong.kernel.mail.delivery import KEPT as KEEP_MAILS
from zhitong.kernel.retention.registry import Kind, every_row, keep, older_than
from zhitong.kernel.sms.delivery import KEPT
from zhitong.kernel.webhooks.delivery import KEPT as KEEP_WEBHOOK_MESSAGES

KEEP_FACTS = timedelta(days=400)
"""A year and some weeks, so that a listener added later can be owed the past year."""

KEEP_RESIDENTS = timedelta(days=1096)

DOOR = "identity.sweep"
CLOSED = "An action ends it; the row stays, because the audit log names it."


def _gone_away(at: datetime) -> QuerySet[Any]:
    """Residents of long ago who have not signed in for as long as sign-ins are kept."""
    lately = every_row("identity.SignIn").filter(started_at__gte=at - KEEP_SIGN_INS)
    seen = lately.exclude(resident_key="").values("resident_key")
    return older_than("identity.Resident", "made_at", KEEP_RESIDENTS)(at).exclude(key__in=seen)


def _heard(at: datetime) -> QuerySet[Any]:
    return over(at - KEEP_FACTS)


keep(
    "bus.Event",
    Kind.TRACE,
    lasts="400 days, and until everybody has heard it",
    then="The row is removed, with its deliveries.",
    expired=_heard,
)
keep("bus.Delivery", Kind.TRACE, lasts="as long as its fact", then="Goes with its fact.")
keep(
    "worker.TimerLease",
    Kind.SERVING,
    lasts="as long as there is a timer of this name",
    then="Written over at every run.",
)
keep(
    "sms.SmsMessage",
    Kind.PASSING,
    lasts="7 days after it was made",
    then="The row is removed, number and words with it.",
    expired=older_than("sms.SmsMessage", "made_at", KEPT),
    by="sms.forget",
)
keep(
    "webhooks.Webhook",
    Kind.SERVING,
    lasts="as long as it serves",
    then=CLOSED,
)
keep(
    "webhooks.WebhookMessage",
    Kind.TRACE,
    lasts="30 days after it was made",
    then="The row is removed, with its tries. It holds ids and codes only.",
    expired=older_than("webhooks.WebhookMessage", "made_at", KEEP_WEBHOOK_MESSAGES),
    by="webhooks.forget",
)
keep("webhooks.WebhookAttempt", Kind.TRACE, lasts="as long as its message", then="Goes with it.")
keep(
    "mail.MailMessage",
    Kind.TRACE,
    lasts="400 days; address and words go 7 days after it was delivered or given up",
    then="The row is removed.",
    expired=older_than("mail.MailMessage", "made_at", KEEP_MAILS),
    by="mail.forget",
)
keep(
    "mail.MailTaken",
    Kind.TRACE,
    lasts="400 days after the mail came in",
    then="The row is removed. It holds no word, and an address only sealed.",
    expired=older_than("mail.MailTaken", "taken_at", KEEP_MAILS),
    by="mail.forget",
)
keep(
    "mail.MailBox",
    Kind.SERVING,
    lasts="as long as there is a mailbox of this name",
    then="Written over with every mail.",
)
keep(
    "identity.Throttle",
    Kind.PASSING,
    lasts="until the window is over, at most an hour",
    then="The row is removed.",
    expired=older_than("identity.Throttle", "until", timedelta(0)),
    by=DOOR,
)
keep(
    "identity.OneTimeCode",
    Kind.PASSING,
    lasts="an hour after the code ended",
    then="The row is removed, number and all.",
    expired=older_than("identity.OneTimeCode", "expires_at", KEEP_CODES),
    by=DOOR,
)
keep(
    "identity.SignIn",
    Kind.TRACE,
    lasts="180 days after it began",
    then="The row is removed; the audit log keeps who signed in when.",
    expired=older_than("identity.SignIn", "started_at", KEEP_SIGN_INS),
    by=DOOR,
)
for model in ("Absence", "Account", "ApiClient", "Appointment", "Post"):
    keep(f"identity.{model}", Kind.SERVING, lasts="as long as it serves", then=CLOSED)
keep(
    "identity.Passkey",
    Kind.SERVING,
    lasts="until its owner or an administrator removes it",
    then="The row is removed.",
)
keep(
    "identity.RecoveryCode",
    Kind.SERVING,
    lasts="until new codes are made or the second factor is reset",
    then="The row is removed.",
)
keep("identity.Role", Kind.REFERENCE, lasts="as long as posts use it", then="Stays.")
keep(
    "identity.Resident",
    Kind.SERVING,
    lasts="until the resident asks to be forgotten, or three years if they have not signed in "
    "for half a year",
    then="The row is removed, with sign-ins and codes.",
    expired=_gone_away,
    since="made_at",
)
keep(
    "retention.RetentionRun",
    Kind.TRACE,
    lasts="400 days",
    then="The row is removed; what was ended stays in the audit log.",
    expired=older_than("retention.RetentionRun", "started_at", KEEP_FACTS),
)
keep("areas.Area", Kind.REFERENCE, lasts="for good", then="Retired, never deleted.")
keep("clock.DayException", Kind.REFERENCE, lasts="until it is taken back", then="Removed.")
for model in ("AuditEntry", "AuditTile", "AuditCheckpoint", "AuditHead"):
    keep(
        f"audit.{model}",
        Kind.PROOF,
        lasts="for good",
        then="The content of an entry can be erased on request; its proof stays valid.",
    )
