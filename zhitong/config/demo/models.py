"""The mark of a demo: only a database that bears it may ever be wiped."""

from django.db import models


class DemoMark(models.Model):
    """That this database holds the demo county and nothing else, and since when."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    seed = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="demo_marked_once"),
        ]

    def __str__(self) -> str:
        return f"demo {self.seed}"
