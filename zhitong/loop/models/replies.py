"""Prepared answers, and what somebody is still writing."""

from django.db import models
from django.db.models import Q

from zhitong.kernel.guarded import Guard, Guarded
from zhitong.kernel.ids import uuid7
from zhitong.loop.domain import Outcome
from zhitong.loop.domain.drafting import Box
from zhitong.loop.domain.replies import Offer
from zhitong.loop.models.matters import Matter


class Reply(models.Model):
    """One version of a prepared answer. Never changed: a new version takes its place.

    ``family`` is the same for all versions of one template. ``categories`` are codes of groups
    or categories, none for any. It is offered for what lies below its post.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    family = models.UUIDField()
    version = models.PositiveSmallIntegerField(default=1)
    title_zh = models.CharField(max_length=60)
    title_en = models.CharField(max_length=60)
    body = models.TextField()
    categories = models.JSONField(default=list)
    post = models.ForeignKey("identity.Post", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    written_by = models.CharField(max_length=120)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family", "version"], name="loop_reply_version"),
        ]
        indexes = [models.Index(fields=["ends_on", "post"], name="loop_reply_lasting")]

    def __str__(self) -> str:
        return f"{self.title_zh} {self.version}"

    @property
    def offer(self) -> Offer:
        """What decides for which matters it is offered."""
        return Offer(self.pk, self.post.path, tuple(self.categories), self.starts_on, self.ends_on)


class Draft(Guarded):
    """What one person is writing about one matter: in one of its boxes, or waiting to go out.

    ``goes_out_at`` and ``version`` (that of the matter which it answers) belong to an answer
    that waits. ``came_back`` says since when one waits no more, because the matter moved on.
    """

    GUARD = Guard(path="matter__area_path")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="drafts")
    account = models.ForeignKey("identity.Account", on_delete=models.CASCADE, related_name="+")
    label = models.CharField(max_length=120)
    box = models.CharField(max_length=8, choices=[(box.value, box.value) for box in Box])
    text = models.TextField()
    outcome = models.CharField(
        max_length=16,
        choices=[(outcome.value, outcome.value) for outcome in Outcome],
        default="",
        blank=True,
    )
    saved_at = models.DateTimeField()
    goes_out_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(null=True)
    came_back = models.DateTimeField(null=True)

    class Meta(Guarded.Meta):
        constraints = [
            models.UniqueConstraint(fields=["matter", "account", "box"], name="loop_draft_once"),
            models.CheckConstraint(
                condition=Q(box="waiting", goes_out_at__isnull=False, version__isnull=False)
                | (~Q(box="waiting") & Q(goes_out_at=None, version=None)),
                name="loop_draft_waiting",
            ),
        ]
        indexes = [
            models.Index(
                fields=["goes_out_at"],
                condition=Q(goes_out_at__isnull=False),
                name="loop_draft_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.box}"
