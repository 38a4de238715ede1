"""What a warning needs besides its words, what was sent, and by whose certificate."""

from django.db import models

from zhitong.kernel.areas.models import PlainField
from zhitong.kernel.guarded import Guard, Guarded
from zhitong.kernel.ids import uuid7
from zhitong.lines.microblog.alerts.domain import (
    Category,
    Certainty,
    MessageType,
    ResponseType,
    Severity,
    Urgency,
)


def _choices(
    kind: type[Category] | type[Certainty] | type[ResponseType] | type[Severity] | type[Urgency],
) -> list[tuple[str, str]]:
    return [(one.value, one.value) for one in kind]


class Sheet(Guarded):
    """How bad, how soon, how sure, where and what to do: for a version of a note and those after.

    ``places`` are codes of areas. A sheet is replaced only while its version is being written.
    """

    GUARD = Guard(path="area_path")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    note = models.UUIDField()
    number = models.PositiveIntegerField()
    area_path = PlainField(max_length=20)
    event = models.CharField(max_length=30)
    event_en = models.CharField(max_length=60)
    category = models.CharField(max_length=12, choices=_choices(Category))
    urgency = models.CharField(max_length=12, choices=_choices(Urgency))
    severity = models.CharField(max_length=12, choices=_choices(Severity))
    certainty = models.CharField(max_length=12, choices=_choices(Certainty))
    response = models.CharField(max_length=12, choices=_choices(ResponseType))
    instruction = models.CharField(max_length=300)
    instruction_en = models.CharField(max_length=600, default="", blank=True)
    places = models.JSONField(default=list)
    hours = models.PositiveSmallIntegerField()
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(fields=["note", "number"], name="alerts_sheet_once"),
        ]

    def __str__(self) -> str:
        return f"{self.note} {self.number}"


class Message(models.Model):
    """A CAP document as it went out. Never changed; old ones stay where they were."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    note = models.UUIDField()
    number = models.PositiveIntegerField()
    type = models.CharField(max_length=8, choices=[(one.value, one.value) for one in MessageType])
    identifier = models.CharField(max_length=120, unique=True)
    sender = models.CharField(max_length=120)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    title = models.CharField(max_length=80)
    title_en = models.CharField(max_length=160, default="", blank=True)
    instruction = models.CharField(max_length=300, default="", blank=True)
    instruction_en = models.CharField(max_length=600, default="", blank=True)
    severity = models.CharField(max_length=12, default="", blank=True)
    where = models.CharField(max_length=200, default="", blank=True)
    document = models.TextField()
    latest = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["note", "number", "type"], name="alerts_message_once"),
        ]
        indexes = [
            models.Index(fields=["-sent_at", "-id"], name="alerts_sent"),
            models.Index(
                fields=["expires_at"], condition=models.Q(latest=True), name="alerts_in_force"
            ),
        ]

    def __str__(self) -> str:
        return self.identifier


class Certificate(models.Model):
    """The paper that goes with the county's signature on warnings; for everybody to keep."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    pem = models.TextField()
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"
