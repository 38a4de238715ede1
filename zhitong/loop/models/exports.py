"""Lists that were taken out as files."""

from django.db import models

from zhitong.kernel.ids import uuid7


class Export(models.Model):
    """A list of matters that somebody asked for as a file, and how far the file is.

    The row says what was asked, never what is in it; the file lies sealed beside the pictures
    and goes after a day. Only who asked may see either.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey("identity.Account", on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=4)
    language = models.CharField(max_length=10)
    wanted = models.JSONField()
    personal = models.BooleanField()
    purpose = models.CharField(max_length=120)
    expected = models.PositiveIntegerField()
    written = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    asked_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=models.Q(done_at=None, failed_at=None),
                name="loop_export_owed",
            ),
            models.Index(fields=["account", "-asked_at"], name="loop_export_mine"),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.asked_at:%Y-%m-%d %H:%M}"
