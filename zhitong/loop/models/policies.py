"""The county's promises, version by version."""

from django.db import models

from zhitong.kernel.ids import uuid7


class PolicyVersion(models.Model):
    """One version of the policy as it was adopted. Never changed: what was promised stays so."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.CharField(max_length=40, unique=True)
    written = models.TextField()
    starts_at = models.DateTimeField()
    adopted_by = models.CharField(max_length=120)
    reason = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        indexes = [models.Index(fields=["starts_at"], name="loop_policy_starts")]

    def __str__(self) -> str:
        return self.version
