"""Matters, their timeline, their pictures, and who has one open."""

from django.db import models

from zhitong.kernel.areas.models import PlainField
from zhitong.kernel.crypto.fields import SealedField
from zhitong.kernel.guarded import Guard, Guarded
from zhitong.kernel.ids import uuid7
from zhitong.kernel.search.models import Words
from zhitong.loop.domain import Channel, Outcome, Stage, Verb


def _choices(
    kind: type[Stage] | type[Verb] | type[Outcome] | type[Channel],
) -> list[tuple[str, str]]:
    return [(item.value, item.value) for item in kind]


class Matter(Guarded):
    """What somebody asked for, said or reported; it has one owner and one due time until closed."""

    GUARD = Guard(path="area_path", own="resident_key", link="tracking_digest")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=9, unique=True, editable=False)
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    area_path = PlainField(max_length=20)
    category = models.CharField(max_length=32)
    words = models.TextField()
    stage = models.CharField(max_length=12, choices=_choices(Stage), default=Stage.RECEIVED)
    round = models.PositiveSmallIntegerField(default=1)
    owner = models.ForeignKey("identity.Post", on_delete=models.PROTECT, related_name="+")
    handler = models.ForeignKey(
        "identity.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    due_at = models.DateTimeField(null=True)
    remind_at = models.DateTimeField(null=True)
    channel = models.CharField(max_length=12, choices=_choices(Channel))
    external_id = models.CharField(max_length=160)
    tracking_digest = models.CharField(max_length=64, unique=True, editable=False)
    resident_key = models.CharField(max_length=36, default="", blank=True)
    resident_name = SealedField(kind="name", null=True)
    resident_phone = SealedField(kind="phone", null=True)
    phone_index = models.CharField(max_length=64, default="", blank=True)
    outcome = models.CharField(max_length=16, choices=_choices(Outcome), default="", blank=True)
    stars = models.PositiveSmallIntegerField(null=True)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    emptied_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(fields=["channel", "external_id"], name="loop_matter_once"),
            models.CheckConstraint(
                condition=models.Q(
                    stage__in=["received", "owned", "answered"], due_at__isnull=False
                )
                | models.Q(
                    stage__in=["closed", "rated", "withdrawn", "refused", "merged"], due_at=None
                ),
                name="loop_due_until_ended",
            ),
            models.CheckConstraint(
                condition=models.Q(stars=None) | models.Q(stars__range=(1, 5)),
                name="loop_stars_1_to_5",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"], condition=models.Q(due_at__isnull=False), name="loop_due"
            ),
            models.Index(
                fields=["owner", "due_at", "id"],
                condition=models.Q(due_at__isnull=False),
                name="loop_mine",
            ),
            models.Index(
                fields=["remind_at"], condition=models.Q(due_at__isnull=False), name="loop_remind"
            ),
            models.Index(fields=["area_path", "due_at", "id"], name="loop_area_due"),
            models.Index(
                fields=["ended_at", "id"],
                condition=models.Q(ended_at__isnull=False, emptied_at=None),
                name="loop_ended",
            ),
            models.Index(
                fields=["resident_key", "id"],
                condition=~models.Q(resident_key=""),
                name="loop_resident",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def target(self) -> str:
        """How the audit log names this matter."""
        return target_of(self.pk)

    @property
    def is_open(self) -> bool:
        """Whether something is still due."""
        return self.due_at is not None


def target_of(matter: object) -> str:
    """How the audit log names a matter, from its id."""
    return f"loop.Matter:{matter}"


class Step(Guarded):
    """One thing that happened to a matter. Never changed, only added."""

    GUARD = Guard(
        path="matter__area_path", own="matter__resident_key", link="matter__tracking_digest"
    )

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="steps")
    verb = models.CharField(max_length=12, choices=_choices(Verb))
    stage = models.CharField(max_length=12, choices=_choices(Stage))
    round = models.PositiveSmallIntegerField()
    public = models.BooleanField()
    actor = models.CharField(max_length=120)
    label = models.CharField(max_length=120, default="", blank=True)
    text = models.TextField(default="", blank=True)
    data = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["matter", "id"], name="loop_step_line")]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.verb}"


class MatterWords(Words):
    """What a matter can be found by: its code, its words, and the words on its timeline."""

    owner = models.OneToOneField(Matter, on_delete=models.CASCADE, related_name="found_by")


class Photo(Guarded):
    """A picture that came with a matter: decoded and encoded anew, nothing hidden inside."""

    GUARD = Guard(
        path="matter__area_path", own="matter__resident_key", link="matter__tracking_digest"
    )

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="photos")
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta(Guarded.Meta):
        indexes = [models.Index(fields=["matter", "id"], name="loop_photo_line")]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.sha256[:8]}"


class Presence(Guarded):
    """Who has a matter open on the screen right now, so that two clerks do not collide."""

    GUARD = Guard(path="matter__area_path")

    id = models.BigAutoField(primary_key=True)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="presences")
    account = models.ForeignKey("identity.Account", on_delete=models.CASCADE, related_name="+")
    label = models.CharField(max_length=120)
    seen_at = models.DateTimeField()

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(fields=["matter", "account"], name="loop_presence_once")
        ]

    def __str__(self) -> str:
        return self.label
