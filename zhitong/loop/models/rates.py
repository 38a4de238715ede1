"""What the three rates are counted from, and what is left out of them.

``Counted``, ``RateCell`` and ``OpenRate`` say nothing that the steps do not give again.
"""

from typing import Any

from django.db import models
from django.db.models import F, Q

from zhitong.kernel.areas.models import PlainField
from zhitong.kernel.guarded import Guard, Guarded
from zhitong.kernel.ids import uuid7
from zhitong.loop.domain.rates import Mark
from zhitong.loop.models.matters import Matter

MARKS = [(mark.value, mark.value) for mark in Mark]


class Exclusion(Guarded):
    """That a matter shall not count in the rates: proposed by one person, decided by another."""

    GUARD = Guard(path="matter__area_path")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="exclusions")
    reason = models.TextField()
    proposed_by = models.CharField(max_length=120)
    proposed_label = models.CharField(max_length=120, default="", blank=True)
    proposed_at = models.DateTimeField()
    accepted = models.BooleanField(null=True)
    answer = models.TextField(default="", blank=True)
    decided_by = models.CharField(max_length=120, default="", blank=True)
    decided_label = models.CharField(max_length=120, default="", blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["matter"],
                condition=Q(accepted=None) | Q(accepted=True),
                name="loop_excluded_once",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("proposed_by")), name="loop_excluded_by_two"
            ),
            models.CheckConstraint(
                condition=Q(accepted=None, decided_at=None)
                | Q(accepted__isnull=False, decided_at__isnull=False),
                name="loop_excluded_decided",
            ),
        ]
        indexes = [models.Index(fields=["accepted", "id"], name="loop_excluded_line")]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.accepted}"


class Counted(Guarded):
    """How one matter counts, as reckoned from its steps; ``month`` is that in which it came in.

    Guarded by its own township, so that no question about many of them has to ask the matters.
    """

    GUARD = Guard(path="town")

    matter = models.OneToOneField(
        Matter, on_delete=models.CASCADE, primary_key=True, related_name="counted"
    )
    month = models.DateField()
    town = PlainField(max_length=20)
    category = models.CharField(max_length=32)
    post = models.ForeignKey("identity.Post", on_delete=models.PROTECT, related_name="+")
    response = models.CharField(max_length=4, choices=MARKS)
    resolution = models.CharField(max_length=4, choices=MARKS)
    stars = models.PositiveSmallIntegerField(default=0)
    weight = models.PositiveSmallIntegerField(null=True)
    rated_at = models.DateTimeField(null=True)
    hasty = models.BooleanField(default=False)
    returned = models.BooleanField(default=False)
    reopened = models.BooleanField(default=False)
    excluded = models.BooleanField(default=False)
    turns_at = models.DateTimeField(null=True)
    scheme = models.CharField(max_length=40)

    class Meta(Guarded.Meta):
        indexes = [
            models.Index(fields=["month", "town", "matter"], name="loop_counted_town"),
            models.Index(fields=["month", "category", "matter"], name="loop_counted_category"),
            models.Index(fields=["month", "post", "matter"], name="loop_counted_post"),
            models.Index(
                fields=["turns_at"], condition=Q(turns_at__isnull=False), name="loop_counted_turns"
            ),
            models.Index(
                fields=["month", "matter"], condition=Q(excluded=True), name="loop_counted_out"
            ),
            models.Index(
                fields=["month", "matter"], condition=Q(hasty=True), name="loop_counted_hasty"
            ),
            models.Index(
                fields=["month", "matter"],
                condition=Q(returned=True),
                name="loop_counted_returned",
            ),
            models.Index(
                fields=["month", "matter"],
                condition=Q(reopened=True),
                name="loop_counted_reopened",
            ),
            models.Index(fields=["rated_at"], condition=Q(stars=5), name="loop_counted_top"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.month}"

    def facts(self) -> tuple[Any, ...]:
        """Everything that the rates depend on, to see whether a row has changed."""
        return tuple(getattr(self, name) for name in FACTS)


FACTS = (
    "month", "town", "category", "post_id", "response", "resolution", "stars", "weight",
    "rated_at", "hasty", "returned", "reopened", "excluded", "turns_at", "scheme",
)  # fmt: skip


class RateCell(Guarded):
    """Sums over the matters of one month, township, category and post."""

    GUARD = Guard(path="town")

    id = models.BigAutoField(primary_key=True)
    month = models.DateField()
    town = PlainField(max_length=20)
    category = models.CharField(max_length=32)
    post = models.ForeignKey("identity.Post", on_delete=models.PROTECT, related_name="+")
    matters = models.PositiveIntegerField()
    excluded = models.PositiveIntegerField()
    in_time = models.PositiveIntegerField()
    answers = models.PositiveIntegerField()
    resolved = models.PositiveIntegerField()
    ended = models.PositiveIntegerField()
    points = models.PositiveBigIntegerField()
    rated = models.PositiveIntegerField()
    hasty = models.PositiveIntegerField()
    returned = models.PositiveIntegerField(default=0)
    reopened = models.PositiveIntegerField(default=0)

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["month", "town", "category", "post"], name="loop_rate_cell_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.town} {self.category}"


class RateProgress(models.Model):
    """How far counting has come: every step up to ``seen`` is counted as of ``at``."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seen = models.UUIDField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.at)


class OpenRate(models.Model):
    """One line of a month as it was published, small numbers already hidden: None is hidden.

    Shares are whole per cents; a count of 0 has the share None. ``town`` is '' for the county.
    """

    id = models.BigAutoField(primary_key=True)
    month = models.DateField()
    town = PlainField(max_length=20, blank=True)
    matters = models.PositiveIntegerField(null=True)
    excluded = models.PositiveIntegerField(null=True)
    answers = models.PositiveIntegerField(null=True)
    response = models.PositiveSmallIntegerField(null=True)
    ended = models.PositiveIntegerField(null=True)
    resolution = models.PositiveSmallIntegerField(null=True)
    rated = models.PositiveIntegerField(null=True)
    satisfaction = models.PositiveSmallIntegerField(null=True)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["month", "town"], name="loop_open_rate_once")
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.town}"
