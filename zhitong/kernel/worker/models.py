"""Which timer is due when, and who runs it now."""

from django.db import models


class TimerLease(models.Model):
    """One row per timer: its next due time, and the lease of the worker that runs it.

    ``due_at`` lies on the timer's grid; ``next_at`` is later than that only after a failure.
    """

    name = models.CharField(max_length=120, primary_key=True)
    due_at = models.DateTimeField()
    next_at = models.DateTimeField()
    lease = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=400, default="")

    def __str__(self) -> str:
        return self.name
