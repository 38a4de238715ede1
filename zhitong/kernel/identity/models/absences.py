"""Who is away from when until when, and who stands in."""

from django.db import models
from django.db.models import F, Q

from zhitong.kernel.identity.models.accounts import Account
from zhitong.kernel.ids import uuid7


class Absence(models.Model):
    """A leave: days, both included, and a deputy. Why somebody is away is nobody's business.

    ``ended_at`` is set when it is over before its last day.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    recorded_label = models.CharField(max_length=120)
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="identity_absence_dates"
            ),
            models.CheckConstraint(
                condition=~Q(account=F("deputy")), name="identity_absence_of_two"
            ),
        ]
        indexes = [
            models.Index(fields=["account", "ends_on"], name="identity_absence_of"),
            models.Index(fields=["deputy", "ends_on"], name="identity_absence_by"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.starts_on}"
