"""Posts, roles, and who holds which from when until when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.areas.models import PlainField
from zhitong.kernel.identity.models.accounts import Account
from zhitong.kernel.identity.roles import LABELS
from zhitong.kernel.ids import uuid7


class Role(models.Model):
    """A named set of permits: data, so that a county can cut its own.

    Delivered roles have no label of their own and show a translated one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.SlugField(max_length=40, unique=True)
    label = models.CharField(max_length=60, default="", blank=True)
    permits = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.label or str(LABELS.get(self.name, self.name))

    @property
    def modest(self) -> bool:
        """Whether it neither hands out power nor reads the audit log, so one may take it alone."""
        return not any(permit.startswith(("identity.", "audit.")) for permit in self.permits)


class Post(models.Model):
    """A place in the service that outlives whoever holds it. Its path says how far it reaches."""

    class Kind(models.TextChoices):
        """What sort of place a post is."""

        BUREAU = "bureau", _("Bureau")
        STATION = "station", _("Police station")
        COMMUNITY = "community", _("Community office")
        WINDOW = "window", _("Service window")
        DESK = "desk", _("Desk")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, choices=Kind)
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    path = PlainField(max_length=64)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["path", "name"], name="identity_post_once")]

    def __str__(self) -> str:
        return self.name


class Appointment(models.Model):
    """Who holds which post in which role. Dates are whole days in the county's zone, inclusive.

    ``expires_at`` is set for break-glass only: an appointment of hours, with a reason. ``absence``
    is the leave for which a deputy was appointed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    expires_at = models.DateTimeField(null=True)
    deputy = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, default="")
    absence = models.ForeignKey(
        "identity.Absence", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="identity_appointment_dates",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "starts_on"], name="identity_appointment_of"),
            models.Index(fields=["post", "starts_on"], name="identity_appointment_at"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} @ {self.post_id}"
