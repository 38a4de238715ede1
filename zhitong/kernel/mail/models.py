"""Mails on their way out, and what is remembered of those that came in."""

from django.db import models

from zhitong.kernel.crypto.fields import SealedField
from zhitong.kernel.ids import uuid7


class State(models.TextChoices):
    """How far a mail has come. BOUNCED comes after SENT: taken by one, returned by another."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    BOUNCED = "bounced"


class MailMessage(models.Model):
    """A mail that was promised in some transaction and is delivered after it.

    Address and words are sealed, and forgotten a week after it ended. The row stays longer: its
    id is how an answer finds what ``about`` names.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message_id = models.CharField(max_length=320, unique=True)
    to = SealedField(kind="generic", null=True)
    to_index = models.CharField(max_length=64)
    subject = SealedField(kind="generic", null=True)
    text = SealedField(kind="generic", null=True)
    thread = models.TextField(default="")
    automatic = models.CharField(max_length=40, default="")
    about = models.CharField(max_length=80, default="", db_index=True)
    reason = models.CharField(max_length=60)
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    made_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try_at", "id"],
                condition=models.Q(state=State.QUEUED),
                name="mail_owed",
            ),
            models.Index(fields=["made_at"], name="mail_made"),
            models.Index(fields=["to_index", "made_at"], name="mail_to"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class MailTaken(models.Model):
    """One mail that came in and was laid somewhere: enough to know it again, and no word of it.

    Of the mail that something began with, address and id are kept sealed: answers go there.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    fingerprint = models.CharField(max_length=64, unique=True)
    message_index = models.CharField(max_length=64, db_index=True)
    sender_index = models.CharField(max_length=64, default="")
    sender = SealedField(kind="generic", null=True)
    message_id = SealedField(kind="generic", null=True)
    uid = models.BigIntegerField()
    spot = models.CharField(max_length=10)
    about = models.CharField(max_length=80, default="", db_index=True)
    reason = models.CharField(max_length=120, default="")
    taken_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.id)


class MailBox(models.Model):
    """How far a mailbox has been read (RFC 3501: ids rise while UIDVALIDITY stays)."""

    name = models.CharField(max_length=200, unique=True)
    validity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.name
