"""Pieces of work that the lead of a matter asks of other posts."""

from django.db import models
from django.db.models import Q

from zhitong.kernel.guarded import Guard, Guarded
from zhitong.kernel.ids import uuid7
from zhitong.loop.domain.tasks import TaskState
from zhitong.loop.models.matters import Matter


class Task(Guarded):
    """One piece of work: what, by which post, by which day, and what has become of it."""

    GUARD = Guard(path="matter__area_path")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="tasks")
    post = models.ForeignKey("identity.Post", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    due_on = models.DateField()
    asked_by = models.CharField(max_length=120)
    asked_label = models.CharField(max_length=120, default="", blank=True)
    asked_at = models.DateTimeField()
    state = models.CharField(
        max_length=12,
        choices=[(state.value, state.value) for state in TaskState],
        default=TaskState.OPEN,
    )
    answer = models.TextField(default="", blank=True)
    ended_by = models.CharField(max_length=120, default="", blank=True)
    ended_label = models.CharField(max_length=120, default="", blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta(Guarded.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", ended_at=None)
                | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="loop_task_ended",
            ),
        ]
        indexes = [
            models.Index(
                fields=["post", "due_on", "id"], condition=Q(state="open"), name="loop_task_of"
            ),
            models.Index(fields=["post", "ended_at"], name="loop_task_done"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.state}"
