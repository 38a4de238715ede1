"""The outbox: what happened, and who still has to hear of it."""

from django.db import models

from zhitong.kernel.ids import uuid7


class Event(models.Model):
    """A fact, written in the transaction that made it true."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=120)
    body = models.JSONField()
    aggregate = models.CharField(max_length=120)
    actor = models.CharField(max_length=120)
    path = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["aggregate", "id"], name="bus_event_aggregate"),
            models.Index(fields=["name", "id"], name="bus_event_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.aggregate}"


class Delivery(models.Model):
    """One listener's copy of a fact: owed, leased, done, skipped or dead.

    A claim sets ``lease`` and moves ``next_try_at`` to the end of the lease, so that a row
    whose worker died is due again by itself. Rows of one listener about one aggregate form a
    line: only the first that is not done may be heard.
    """

    id = models.BigAutoField(primary_key=True)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    listener = models.CharField(max_length=160)
    aggregate = models.CharField(max_length=120)
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    lease = models.UUIDField(null=True)
    done_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)
    skipped = models.BooleanField(default=False)
    last_error = models.CharField(max_length=400, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "listener"], name="bus_once_per_listener"),
        ]
        indexes = [
            models.Index(
                fields=["listener", "next_try_at", "event"],
                condition=models.Q(done_at=None, dead_at=None),
                name="bus_owed",
            ),
            models.Index(
                fields=["listener", "aggregate", "event"],
                condition=models.Q(done_at=None),
                name="bus_line",
            ),
            models.Index(
                fields=["dead_at"],
                condition=models.Q(done_at=None, dead_at__isnull=False),
                name="bus_dead",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} -> {self.listener}"
