"""The keys of programs: ``zt.<client id>.<256 random bits>``, of which a digest is kept."""

import secrets
from uuid import UUID

from django.utils import timezone

from zhitong.kernel.clock import now
from zhitong.kernel.crypto.index import same_secret
from zhitong.kernel.identity.models import ApiClient
from zhitong.kernel.identity.sign_ins import digest_of

LONGEST = 200


def new_key(client_id: UUID) -> str:
    """A fresh key for a client. It is shown once."""
    return f"zt.{client_id.hex}.{secrets.token_urlsafe(32)}"


def find(header: str) -> ApiClient | None:
    """The client whose key an Authorization header carries, or None. One query, and once a day
    a second one that notes that the key is in use."""
    scheme, _space, key = header.partition(" ")
    parts = key.strip().split(".")
    if scheme.lower() != "bearer" or len(key) > LONGEST or len(parts) != 3 or parts[0] != "zt":
        return None
    try:
        identifier = UUID(hex=parts[1])
    except ValueError:
        return None
    client = ApiClient.objects.filter(pk=identifier, ended_at=None).first()
    if client is None or not same_secret(client.digest, digest_of(key.strip())):
        return None
    today = timezone.localdate(now())
    if client.last_used_on != today:
        ApiClient.objects.filter(pk=client.pk).update(last_used_on=today)
    return client
