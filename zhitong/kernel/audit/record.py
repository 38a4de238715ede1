"""The bytes of an entry that are hashed, and the hash and the seal that protect them.

The record is the nine fields, in order, joined by U+001F (UNIT SEPARATOR); ``append`` lets no
control character into a field, so the join can be taken apart in one way only. The leaf is the
RFC 6962 leaf hash of salt and record. The seal is keyed BLAKE2s (RFC 7693) over leaf and
position; without the key nobody can make an entry look as if it had been written at that place.
"""

from hashlib import blake2s, sha256

SEPARATOR = "\x1f"
FIELDS = (
    "id",
    "at_us",
    "action",
    "actor",
    "label",
    "target",
    "path",
    "purpose",
    "details",
)
SALT_BYTES = 16
SEAL_BYTES = 16
LEAF_BYTES = 32


def leaf_of(salt: bytes, record: bytes) -> bytes:
    """The leaf hash: SHA-256 over 0x00, the salt, and the record (UTF-8)."""
    return sha256(b"\x00" + salt + record).digest()


def seal_of(key: bytes, seq: int, leaf: bytes) -> bytes:
    """The seal of a leaf at its position in the log."""
    return blake2s(leaf + seq.to_bytes(8, "big"), key=key, digest_size=SEAL_BYTES).digest()


def head_seal_of(key: bytes, size: int, root: bytes) -> bytes:
    """The seal of the head: so many entries with this root. Never that of an entry."""
    message = root + size.to_bytes(8, "big")
    return blake2s(message, key=key, digest_size=SEAL_BYTES, person=b"head").digest()
