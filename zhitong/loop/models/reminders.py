"""Who was reminded of what, and told that it is late."""

from django.db import models

from zhitong.kernel.guarded import Guard, Guarded
from zhitong.loop.models.matters import Matter


class Reminder(Guarded):
    """One rung of the ladder, climbed once: a post was reminded of a matter, or told it is late."""

    GUARD = Guard(path="matter__area_path")

    id = models.BigAutoField(primary_key=True)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="reminders")
    round = models.PositiveSmallIntegerField()
    target = models.CharField(max_length=12)
    rung = models.PositiveSmallIntegerField()
    post = models.ForeignKey("identity.Post", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "round", "target", "rung"], name="loop_reminder_once"
            )
        ]
        indexes = [models.Index(fields=["post", "id"], name="loop_reminder_of")]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.target} {self.rung}"
