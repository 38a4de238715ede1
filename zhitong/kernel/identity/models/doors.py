"""The door's own books: sign-ins, one-time codes and counters."""

from django.db import models
from django.db.models import Q

from zhitong.kernel.crypto.fields import SealedField
from zhitong.kernel.identity.domain import Factor, Stage
from zhitong.kernel.identity.models.accounts import Account
from zhitong.kernel.ids import uuid7


class SignIn(models.Model):
    """One browser that is signed in. The cookie holds a random token, this its digest.

    A new token is drawn whenever the sign-in gains power, so a token planted before is void.
    ``resident_key`` is the id of a Resident, kept as text: the row itself is guarded.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="+")
    resident_key = models.CharField(max_length=36, default="")
    label = models.CharField(max_length=60, default="")
    stage = models.CharField(max_length=10, choices=[(s.value, s.name) for s in Stage])
    second_factor = models.CharField(max_length=10, default=Factor.NONE.value)
    challenge = models.JSONField(null=True)
    agent = models.CharField(max_length=80, default="")
    started_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(account__isnull=False, resident_key="")
                    | (Q(account__isnull=True) & ~Q(resident_key=""))
                ),
                name="identity_sign_in_of_one",
            ),
        ]
        indexes = [
            models.Index(fields=["account", "ended_at"], name="identity_sign_in_account"),
            models.Index(fields=["resident_key", "ended_at"], name="identity_sign_in_resident"),
            models.Index(fields=["started_at"], name="identity_sign_in_started"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class OneTimeCode(models.Model):
    """A six-digit code sent to a phone, and the number it proves. Gone an hour later."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    phone = SealedField(kind="phone")
    phone_index = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="identity_code_expires")]

    def __str__(self) -> str:
        return str(self.id)


class Throttle(models.Model):
    """How often one key knocked at one door. The key is a digest of a name, phone or address."""

    key = models.CharField(max_length=64, primary_key=True)
    tries = models.PositiveIntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["until"], name="identity_throttle_until")]

    def __str__(self) -> str:
        return self.key[:8]
