"""Text messages on their way out."""

from django.db import models

from zhitong.kernel.crypto.fields import SealedField
from zhitong.kernel.ids import uuid7


class SmsMessage(models.Model):
    """A message that was promised in some transaction and is delivered after it.

    Number and words are sealed, and are removed with the row a week after it was made.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    phone = SealedField(kind="phone")
    text = SealedField(kind="generic")
    reason = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    not_after = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=120, default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try_at", "id"],
                condition=models.Q(sent_at=None, failed_at=None),
                name="sms_owed",
            ),
            models.Index(fields=["made_at"], name="sms_made"),
        ]

    def __str__(self) -> str:
        return str(self.id)
