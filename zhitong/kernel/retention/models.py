"""What the retention engine did."""

from django.db import models

from zhitong.kernel.ids import uuid7


class RetentionRun(models.Model):
    """One night's work, taken up where it stopped until ``ended_at`` is set.

    ``gone`` says how many rows of each model went; ``cleared_at`` when the database had given
    up their bytes too.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    night = models.DateField(unique=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    cleared_at = models.DateTimeField(null=True)
    gone = models.JSONField(default=dict)
    held = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["started_at"], name="retention_run_started")]

    def __str__(self) -> str:
        return str(self.night)
