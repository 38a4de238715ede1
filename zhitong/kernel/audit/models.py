"""The tables of the audit log. Database triggers (walls.py) refuse to change or delete rows."""

from django.db import models

from zhitong.kernel.ids import uuid7


class AuditEntry(models.Model):
    """One act or look. ``seq`` is its place in the log, given within seconds by the sequencer."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    seq = models.BigIntegerField(null=True, unique=True, help_text="Position, from 0.")
    at_us = models.BigIntegerField(help_text="Microseconds since 1970 in UTC.")
    action = models.TextField(help_text="Name of the action, as in loop.answer.")
    actor = models.TextField(help_text="Who acted, as in staff:<id>.")
    label = models.TextField(help_text="How people see the actor.")
    target = models.TextField(help_text="What was touched, as in loop.Matter:<id>.")
    path = models.TextField(help_text="Path of the area it belongs to.")
    purpose = models.TextField(help_text="What for.")
    details = models.TextField(help_text="A few telling facts, as JSON.")
    salt = models.BinaryField(help_text="16 random bytes; empty once the content is erased.")
    leaf = models.BinaryField(help_text="Leaf hash in the Merkle tree.")
    seal = models.BinaryField(default=b"", help_text="Keyed seal over leaf and position.")

    class Meta:
        db_table = "audit_entry"
        indexes = [
            models.Index(fields=["target", "id"], name="audit_entry_target"),
            models.Index(fields=["actor", "id"], name="audit_entry_actor"),
            models.Index(
                fields=["at_us", "id"],
                condition=models.Q(seq=None),
                name="audit_entry_unsequenced",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.target}"


class AuditTile(models.Model):
    """Up to 256 neighbouring hashes of one level of the tree (C2SP tlog-tiles).

    Level 0 holds leaf hashes, level 1 the roots of complete level-0 tiles, and so on.
    """

    level = models.PositiveSmallIntegerField()
    number = models.BigIntegerField(help_text="The tile's index within its level.")
    hashes = models.BinaryField()

    class Meta:
        db_table = "audit_tile"
        constraints = [
            models.UniqueConstraint(fields=["level", "number"], name="audit_tile_place"),
        ]

    def __str__(self) -> str:
        return f"{self.level}/{self.number}"


class AuditCheckpoint(models.Model):
    """A signed tree head: after this many entries the root was this."""

    size = models.BigIntegerField(primary_key=True)
    at_us = models.BigIntegerField()
    note = models.TextField(help_text="C2SP signed note.")

    class Meta:
        db_table = "audit_checkpoint"

    def __str__(self) -> str:
        return f"checkpoint {self.size}"


class AuditHead(models.Model):
    """The one row that the sequencer locks: how many entries are in the log and signed for."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField(default=0)
    root = models.BinaryField(default=b"", help_text="Root over that many leaves.")
    signed_size = models.BigIntegerField(default=0)
    signed_at_us = models.BigIntegerField(default=0)
    seal = models.BinaryField(default=b"", help_text="Keyed seal over size and root.")

    class Meta:
        db_table = "audit_head"

    def __str__(self) -> str:
        return f"{self.size} entries"
