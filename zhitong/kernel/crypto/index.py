"""Keyed digests: find a sealed value, or check a secret, without keeping it in the clear."""

import hashlib
import hmac
import unicodedata

from django.utils.crypto import constant_time_compare
from django.views.decorators.debug import sensitive_variables

from zhitong.kernel.crypto.keyring import keyring

DIGEST_LENGTH = 64


@sensitive_variables()
def blind_index(value: str, *, purpose: str) -> str:
    """The hex HMAC-SHA256 under which ``value`` is found again; 64 characters.

    ``purpose`` names the column ("identity.phone"), so that equal values in two columns do not
    show as equal. Width variants and outer spaces are levelled; anything else (a country code, a
    lower-case x in an id number) the caller brings into one form first. Raises ValueError for
    an empty value: nobody's empty phone number may match anybody's.
    """
    levelled = unicodedata.normalize("NFKC", value).strip()
    if not levelled:
        raise ValueError("an empty value has no index")
    return keyed_digest("index", purpose, levelled)


@sensitive_variables()
def keyed_digest(key: str, *parts: str) -> str:
    """The hex HMAC-SHA256 of the parts, each framed by its length, under a purpose key."""
    return keyed_bytes(key, *parts).hex()


@sensitive_variables()
def keyed_bytes(key: str, *parts: str) -> bytes:
    """As keyed_digest, but the 32 raw bytes."""
    framed = b"".join(
        len(part).to_bytes(8, "big") + part for part in (text.encode("utf-8") for text in parts)
    )
    return hmac.digest(keyring().purpose(key), framed, hashlib.sha256)


@sensitive_variables()
def same_secret(one: str, other: str) -> bool:
    """Whether two secrets are equal, in a time that does not depend on where they differ."""
    return constant_time_compare(one, other)
