"""Delivering what is in the outbox, and keeping what became of each mail.

Run by one worker at a time, as ``zhitong.kernel.sms.delivery`` is and for the same reasons no
action. A crash between a server's yes and ours sends once more: with the same Message-ID, by
which mail programs show it once.
"""

import random
from datetime import timedelta

from django.conf import settings
from django.db.models import F, Q, QuerySet

from zhitong.kernel.clock import now
from zhitong.kernel.crypto.boxes import Unreadable
from zhitong.kernel.crypto.sealed import unsealed
from zhitong.kernel.mail.carriers import Carrier, CarrierTrouble, carrier
from zhitong.kernel.mail.composing import Draft, composed
from zhitong.kernel.mail.letter import Bounce
from zhitong.kernel.mail.models import MailMessage, MailTaken, State
from zhitong.kernel.mail.outbox import host, is_open

BATCH = 20
MOST_ATTEMPTS = 12
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=4)
WORDS_KEPT = timedelta(days=7)
KEPT = timedelta(days=400)


def deliver(limit: int = BATCH) -> int:
    """Hand over what is due; returns how many mails were taken.

    A server that cannot be reached ends the round, with no mail the poorer for it but one try.
    """
    due = MailMessage.objects.filter(state=State.QUEUED, next_try_at__lte=now())
    rows = list(due.order_by("next_try_at", "id")[:limit]) if is_open() else []
    if not rows:
        return 0
    try:
        with carrier(settings.MAIL_OUT, host()) as hand_over:
            return sum(_deliver(row, hand_over) for row in rows)
    except CarrierTrouble as trouble:
        _again(rows[0], str(trouble), final=False)
        return 0


def _deliver(mail: MailMessage, hand_over: Carrier) -> bool:
    """Whether the mail was taken. Raises CarrierTrouble when the server is at fault."""
    try:
        draft = _draft(mail)
        hand_over(draft.sender, draft.to, composed(draft))
    except (Unreadable, ValueError):
        _again(mail, "unreadable", final=True)
        return False
    except CarrierTrouble as trouble:
        if not trouble.here:
            raise
        _again(mail, str(trouble), final=trouble.final)
        return False
    _mine(mail).update(state=State.SENT, ended_at=now(), last_error="", attempts=F("attempts") + 1)
    return True


def _mine(mail: MailMessage) -> QuerySet[MailMessage]:
    return MailMessage.objects.filter(pk=mail.pk, attempts=mail.attempts, state=State.QUEUED)


def _again(mail: MailMessage, why: str, *, final: bool) -> None:
    """Note why it was not taken; try later, or give it up."""
    over = final or mail.attempts + 1 >= MOST_ATTEMPTS
    _mine(mail).update(
        attempts=F("attempts") + 1,
        next_try_at=now() + wait_after(mail.attempts),
        last_error=why[:200],
        state=State.FAILED if over else State.QUEUED,
        ended_at=now() if over else None,
    )


def _draft(mail: MailMessage) -> Draft:
    if mail.to is None or mail.text is None:
        raise ValueError("its words are forgotten")
    thread = mail.thread.split()
    return Draft(
        id=mail.message_id,
        sender=settings.MAIL_ADDRESS,
        sender_name=settings.MAIL_NAME,
        to=unsealed(mail.to),
        subject=unsealed(mail.subject) if mail.subject else "",
        text=unsealed(mail.text),
        at=mail.made_at,
        host=host(),
        in_reply_to=thread[-1] if thread else "",
        references=thread[:-1],
        automatic=mail.automatic,
    )


def bounced(report: Bounce) -> int:
    """Mark the mails that a report returns; returns how many. A delay marks none.

    Only who received a mail of ours can name its id, so nobody else's report does anything.
    """
    if not report.final:
        return 0
    rows = MailMessage.objects.filter(message_id__in=report.about, state=State.SENT)
    why = f"{report.status} {report.reason}".strip()[:200]
    return rows.update(state=State.BOUNCED, ended_at=now(), last_error=why)


def forget_old() -> int:
    """Forget the words of what ended a week ago, and rows after a year and some weeks."""
    over = Q(ended_at__lt=now() - WORDS_KEPT, text__isnull=False)
    MailMessage.objects.filter(over).update(to=None, subject=None, text=None)
    gone = MailMessage.objects.filter(made_at__lt=now() - KEPT).delete()[0]
    return gone + MailTaken.objects.filter(taken_at__lt=now() - KEPT).delete()[0]


def wait_after(attempts: int) -> timedelta:
    """How long to wait for the next try: doubling from half a minute, with jitter of a quarter."""
    doubled = min(FIRST_WAIT * (1 << min(attempts, MOST_ATTEMPTS)), LONGEST_WAIT)
    return doubled * random.uniform(0.75, 1.25)  # noqa: S311
