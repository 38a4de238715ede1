"""Secret addresses under which calendars fetch due times."""

from django.db import models

from zhitong.kernel.ids import uuid7


class CalendarLink(models.Model):
    """One person's address for the calendar on their phone. The address itself is not kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.OneToOneField("identity.Account", on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=10)
    alarm = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    fetched_on = models.DateField(null=True)

    def __str__(self) -> str:
        return str(self.id)
