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
        indexes = [models.Index(fields=["aggregate", "id"], name="bus_event_aggregate")]

    def __str__(self) -> str:
        return f"{self.name} {self.aggregate}"


class Delivery(models.Model):
    """One listener's copy of a fact: owed, leased, done or dead."""

    id = models.BigAutoField(primary_key=True)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    listener = models.CharField(max_length=160)
    aggregate = models.CharField(max_length=120)
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    lease = models.UUIDField(null=True)
    done_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)
    last_error = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "listener"], name="bus_once_per_listener"),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at", "id"],
                condition=models.Q(done_at=None, dead_at=None),
                name="bus_owed",
            ),
            models.Index(
                fields=["listener", "aggregate", "id"],
                condition=models.Q(done_at=None),
                name="bus_line",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} -> {self.listener}"
