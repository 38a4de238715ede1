"""Which post gets which matters, where it is not simply the nearest one."""

from django.db import models
from django.db.models import F, Q

from zhitong.kernel.areas.models import PlainField
from zhitong.kernel.ids import uuid7


class Route(models.Model):
    """A rule: matters of a kind at or below a place go to a post. Ended, never changed.

    ``category`` is the code of a group or category, '' = any.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    area_path = PlainField(max_length=20)
    category = models.CharField(max_length=32, default="", blank=True)
    post = models.ForeignKey("identity.Post", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    set_by = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")), name="loop_route_dates"
            ),
        ]
        indexes = [models.Index(fields=["area_path", "category"], name="loop_route_of")]

    def __str__(self) -> str:
        return f"{self.area_path} {self.category}"
