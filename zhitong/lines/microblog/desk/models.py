"""Notes of the desk, their versions and verdicts, and what everybody may read of them."""

from django.db import models
from django.db.models import Q

from zhitong.kernel.areas.models import PlainField
from zhitong.kernel.guarded import Guard, Guarded
from zhitong.kernel.ids import uuid7
from zhitong.lines.microblog.desk.domain import Stage, Verb


class Note(Guarded):
    """Something the office wants to say; what it says stands in its versions.

    ``out`` is the number of the version that the public reads, None when there is none.
    """

    GUARD = Guard(path="area_path")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    area_path = PlainField(max_length=20)
    category = models.CharField(max_length=20)
    stage = models.CharField(
        max_length=12, choices=[(stage.value, stage.value) for stage in Stage], default=Stage.DRAFT
    )
    urgent = models.BooleanField(default=False)
    latest = models.PositiveIntegerField(default=1)
    out = models.PositiveIntegerField(null=True)
    due_at = models.DateTimeField(null=True)
    look_again_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta(Guarded.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage="scheduled") | Q(due_at__isnull=False), name="desk_scheduled"
            ),
        ]
        indexes = [
            models.Index(fields=["area_path", "-changed_at", "-id"], name="desk_changed"),
            models.Index(fields=["due_at"], condition=Q(stage="scheduled"), name="desk_due"),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.pk}"


class Version(Guarded):
    """What a note says, in Chinese and perhaps in English. Never changed, only followed."""

    GUARD = Guard(path="note__area_path")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=80)
    words = models.TextField()
    title_en = models.CharField(max_length=160, default="", blank=True)
    words_en = models.TextField(default="", blank=True)
    why = models.CharField(max_length=200, default="", blank=True)
    author = models.CharField(max_length=120)
    label = models.CharField(max_length=120, default="", blank=True)
    at = models.DateTimeField()

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(fields=["note", "number"], name="desk_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.note_id} {self.number}"


class Deed(Guarded):
    """One step of a note: who did what to which version, and why. Never changed."""

    GUARD = Guard(path="note__area_path")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="deeds")
    number = models.PositiveIntegerField()
    verb = models.CharField(max_length=12, choices=[(verb.value, verb.value) for verb in Verb])
    actor = models.CharField(max_length=120)
    label = models.CharField(max_length=120, default="", blank=True)
    words = models.CharField(max_length=500, default="", blank=True)
    at = models.DateTimeField()

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["note", "id"], name="desk_deeds")]

    def __str__(self) -> str:
        return f"{self.note_id} {self.verb}"


class Publication(models.Model):
    """What everybody may read: a copy of the version that is out. Withdrawn, only why is left."""

    id = models.UUIDField(primary_key=True, editable=False)
    category = models.CharField(max_length=20)
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=80, default="", blank=True)
    words = models.TextField(default="", blank=True)
    title_en = models.CharField(max_length=160, default="", blank=True)
    words_en = models.TextField(default="", blank=True)
    why = models.CharField(max_length=200, default="", blank=True)
    published_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="desk_published"),
            models.Index(fields=["category", "-published_at", "-id"], name="desk_published_kind"),
        ]

    def __str__(self) -> str:
        return self.title
