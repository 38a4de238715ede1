"""What somebody asked for about their own data."""

from django.db import models

from zhitong.kernel.areas.models import PlainField
from zhitong.kernel.guarded import Guard, Guarded
from zhitong.kernel.ids import uuid7
from zhitong.kernel.rights.domain import Kind, State


class DataRequest(Guarded):
    """One request about one thing that is kept. ``target`` names it as the audit log does.

    The words of the request and of the answer go when the thing they are about goes.
    """

    GUARD = Guard(path="path", own="resident_key", link="tracking_digest")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in Kind])
    target = models.CharField(max_length=80)
    path = PlainField(max_length=64)
    resident_key = models.CharField(max_length=36, default="", blank=True)
    tracking_digest = models.CharField(max_length=64, default="", blank=True)
    words = models.TextField(default="", blank=True)
    state = models.CharField(max_length=12, choices=[(one.value, one.value) for one in State])
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=120, default="", blank=True)
    decided_label = models.CharField(max_length=120, default="", blank=True)
    answer = models.TextField(default="", blank=True)
    carry_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["target", "kind"],
                condition=models.Q(state__in=["asked", "granted"]),
                name="rights_one_open",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="granted") | models.Q(carry_at__isnull=False),
                name="rights_granted_has_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["target", "id"], name="rights_target"),
            models.Index(fields=["resident_key", "id"], name="rights_resident"),
            models.Index(
                fields=["due_at", "id"], condition=models.Q(state="asked"), name="rights_due"
            ),
            models.Index(
                fields=["carry_at"], condition=models.Q(state="granted"), name="rights_carry"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.target}"
