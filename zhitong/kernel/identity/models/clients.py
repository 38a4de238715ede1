"""Programs that act through the API."""

from django.db import models

from zhitong.kernel.areas.models import PlainField
from zhitong.kernel.ids import uuid7


class ApiClient(models.Model):
    """A program with a key of its own, few permits and one subtree. The key itself is not kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    channel = models.CharField(max_length=40)
    permits = models.JSONField(default=list)
    path = PlainField(max_length=64)
    made_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
