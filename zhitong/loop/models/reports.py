"""Monthly reports: what was asked for, how far it is, and the numbers once they are there."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from zhitong.kernel.areas.models import PlainField
from zhitong.kernel.guarded import Guard, Guarded
from zhitong.kernel.ids import uuid7


class Report(Guarded):
    """The report of one month about everything below ``path``, as it stood at ``as_of``.

    ``numbers`` is the text that ``signature`` signs, '' until it is done; ``held`` is what was
    counted so far. Sums without a person in them.
    """

    GUARD = Guard(path="path")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    path = PlainField(max_length=20)
    month = models.DateField()
    as_of = models.DateTimeField()
    asked_label = models.CharField(max_length=120, default="", blank=True)
    asked_at = models.DateTimeField()
    held = models.JSONField(default=dict)
    seen = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    numbers = models.TextField(default="", blank=True)
    signature = models.CharField(max_length=64, default="", blank=True)
    made_at = models.DateTimeField(null=True)

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(fields=["path", "month", "as_of"], name="loop_report_once")
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(made_at=None), name="loop_report_waiting"),
            models.Index(fields=["month", "id"], name="loop_report_line"),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.path}"

    @property
    def last_day(self) -> date:
        """The day at whose end things stood as the report says."""
        return (timezone.localtime(self.as_of) - timedelta(seconds=1)).date()
