"""What lies open to everybody: a copy of what was released, in tables of its own.

Public doors read these tables and no others, so nothing that they do can come near a resident's
words, not even by a join: the matter is named by its key alone. They are not guarded: whatever
stands in them was released by two people.
"""

from django.db import models

from zhitong.kernel.areas.models import PlainField
from zhitong.kernel.ids import uuid7
from zhitong.kernel.search.fields import TokensField


class Publication(models.Model):
    """A matter as everybody may read it, as long as its summary is released.

    ``code`` is its public number: from it nobody gets to the staff code or the tracking code.
    ``town`` is the path of the township, whatever the matter itself says; ``requested_at`` is
    rounded down to the hour.
    """

    id = models.BigAutoField(primary_key=True)
    code = PlainField(max_length=16, unique=True)
    matter = models.UUIDField(unique=True)
    words = models.TextField()
    answer = models.TextField(default="", blank=True)
    pictures = models.JSONField(default=list)
    category = models.CharField(max_length=32)
    town = PlainField(max_length=20)
    owner = models.CharField(max_length=80)
    stage = models.CharField(max_length=12)
    outcome = models.CharField(max_length=16, default="", blank=True)
    open = models.BooleanField()
    requested_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()
    tokens = TokensField()

    class Meta:
        indexes = [
            models.Index(fields=["requested_at", "id"], name="loop_public_asked"),
            models.Index(
                fields=["answered_at", "id"],
                condition=models.Q(answered_at__isnull=False),
                name="loop_public_answered",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class PublicUpdate(models.Model):
    """A publication came to stand elsewhere; told from the moment when it became public."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="updates")
    stage = models.CharField(max_length=12)
    outcome = models.CharField(max_length=16, default="", blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at", "id"], name="loop_public_update")]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.stage}"
