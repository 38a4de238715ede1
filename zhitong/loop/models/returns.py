"""Matters that their owners want to send back, and what was decided."""

from django.db import models
from django.db.models import F, Q

from zhitong.kernel.guarded import Guard, Guarded
from zhitong.kernel.ids import uuid7
from zhitong.loop.domain.returning import ReturnState
from zhitong.loop.models.matters import Matter


class Return(Guarded):
    """That a matter does not belong to the post that owns it: asked once, decided by another.

    ``due_at`` is when a decision is due, ``told_at`` when the post above was told that it is late.
    """

    GUARD = Guard(path="matter__area_path")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="returns")
    of = models.ForeignKey("identity.Post", on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey("identity.Post", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    asked_by = models.CharField(max_length=120)
    asked_label = models.CharField(max_length=120, default="", blank=True)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    told = models.ForeignKey("identity.Post", on_delete=models.PROTECT, null=True, related_name="+")
    told_at = models.DateTimeField(null=True)
    state = models.CharField(
        max_length=12,
        choices=[(state.value, state.value) for state in ReturnState],
        default=ReturnState.ASKED,
    )
    answer = models.TextField(default="", blank=True)
    decided_by = models.CharField(max_length=120, default="", blank=True)
    decided_label = models.CharField(max_length=120, default="", blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(state="asked"), name="loop_return_once"
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("asked_by")), name="loop_return_by_two"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "lapsed"], decided_at=None)
                | Q(state__in=["accepted", "refused"], decided_at__isnull=False),
                name="loop_return_decided",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(state="asked"), name="loop_return_asked"),
            models.Index(fields=["asked_at"], name="loop_return_period"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.state}"
