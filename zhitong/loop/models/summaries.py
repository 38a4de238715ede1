"""What the public may read of a matter."""

from uuid import UUID

from django.db import models
from django.db.models import F, Q

from zhitong.kernel.guarded import Guard, Guarded
from zhitong.kernel.ids import uuid7
from zhitong.loop.domain.publishing import PublicText, Seen, SummaryState
from zhitong.loop.models.matters import Matter


class Summary(Guarded):
    """A text about a matter, written by staff for the public; it is not the resident's words.

    ``text`` says what it is about, ``answer`` what was answered. ``kept`` names what looks
    personal in them and stays on purpose, such as an office's telephone. ``pictures`` says of
    each picture of the matter whether it is shown or left out.
    """

    GUARD = Guard(path="matter__area_path")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    matter = models.OneToOneField(Matter, on_delete=models.CASCADE, related_name="summary")
    text = models.TextField()
    answer = models.TextField(default="", blank=True)
    kept = models.JSONField(default=list)
    pictures = models.JSONField(default=dict)
    state = models.CharField(
        max_length=12,
        choices=[(state.value, state.value) for state in SummaryState],
        default=SummaryState.DRAFT,
    )
    drafted_by = models.CharField(max_length=120)
    drafted_label = models.CharField(max_length=120, default="", blank=True)
    drafted_at = models.DateTimeField()
    reviewed_by = models.CharField(max_length=120, default="", blank=True)
    reviewed_label = models.CharField(max_length=120, default="", blank=True)
    reviewed_at = models.DateTimeField(null=True)
    withdrawn_label = models.CharField(max_length=120, default="", blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.TextField(default="", blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(Guarded.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~Q(reviewed_by=F("drafted_by")), name="loop_summary_by_two"
            ),
            models.CheckConstraint(
                condition=~Q(state="reviewed")
                | (~Q(reviewed_by="") & Q(reviewed_at__isnull=False)),
                name="loop_summary_reviewed",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(withdrawn_at__isnull=False),
                name="loop_summary_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.state}"

    @property
    def seen(self) -> dict[UUID, Seen]:
        """What was decided about each picture."""
        return {UUID(key): Seen(value) for key, value in self.pictures.items()}

    @property
    def shown(self) -> tuple[UUID, ...]:
        """The pictures that go out with the text."""
        return tuple(key for key, seen in self.seen.items() if seen is Seen.SHOWN)

    def released(self) -> PublicText | None:
        """What the public may read: None unless a second person has reviewed this very text."""
        if self.state != SummaryState.REVIEWED or self.reviewed_by in {"", self.drafted_by}:
            return None
        return PublicText(self.matter_id, self.text, self.shown, self.answer)
