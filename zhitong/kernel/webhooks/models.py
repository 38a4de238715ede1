"""Who is told of what, what they are owed, and how telling them went."""

from django.db import models

from zhitong.kernel.areas.models import PlainField
from zhitong.kernel.crypto.fields import SealedField
from zhitong.kernel.ids import uuid7


class Webhook(models.Model):
    """A partner system that is told of some facts in one area. Its secret is sealed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=80)
    url = models.CharField(max_length=500)
    facts = models.JSONField(default=list)
    path = PlainField(max_length=64)
    secret = SealedField(kind="generic")
    former_secret = SealedField(kind="generic", null=True)
    former_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    begins_at = models.DateTimeField()
    failing_since = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class WebhookMessage(models.Model):
    """One fact on its way to one webhook. Its body holds ids and codes, nobody's words."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="messages")
    fact = models.CharField(max_length=120)
    event = models.UUIDField()
    body = models.TextField()
    made_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["webhook", "event"], name="webhooks_once"),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at", "id"],
                condition=models.Q(delivered_at=None, dead_at=None),
                name="webhooks_owed",
            ),
            models.Index(fields=["made_at"], name="webhooks_made"),
            models.Index(fields=["webhook", "-id"], name="webhooks_line"),
        ]

    def __str__(self) -> str:
        return f"{self.fact} {self.id}"

    @property
    def name(self) -> str:
        """How the receiver knows it again: the value of ``webhook-id``."""
        return f"msg_{self.pk.hex}"


class WebhookAttempt(models.Model):
    """One try to hand a message over: what came back, or why nothing did."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message = models.ForeignKey(WebhookMessage, on_delete=models.CASCADE, related_name="tries")
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    trouble = models.CharField(max_length=20, default="", blank=True)
    millis = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["message", "id"], name="webhooks_tries")]

    def __str__(self) -> str:
        return str(self.status or self.trouble)
