"""Accounts of people who serve, and what proves that they are who they say."""

from django.db import models

from zhitong.kernel.crypto.fields import SealedField
from zhitong.kernel.ids import uuid7


class Account(models.Model):
    """One person who serves. Never shared, never a superuser: power comes from appointments."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    password = models.CharField(max_length=200)
    must_change_password = models.BooleanField(default=True)
    totp_secret = SealedField(kind="generic", null=True)
    totp_last_step = models.BigIntegerField(default=0)
    active = models.BooleanField(default=True)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["name", "id"], name="identity_account_name")]

    def __str__(self) -> str:
        return f"{self.name} ({self.username})"


class Passkey(models.Model):
    """A WebAuthn credential (W3C Web Authentication Level 2) that proves the second factor."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    label = models.CharField(max_length=60)
    credential_id = models.BinaryField(max_length=1023, unique=True)
    credential = models.BinaryField()
    sign_count = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.label


class RecoveryCode(models.Model):
    """A printed code that stands in for a lost second factor, once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "digest"], name="identity_recovery_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)
