"""Sealed boxes: AES-256-GCM (NIST SP 800-38D) with the key's id in front and a context inside.

A box is ``0x01 | key id (4 bytes) | nonce (12 bytes) | ciphertext and tag``. The context says
where the box belongs; a box moved to another row, field or table does not open there. Nonces
are random, which is safe for 2**32 boxes a key: far more than a county ever seals, and rotation
starts the count again.
"""

import secrets

from cryptography.exceptions import InvalidTag
from django.views.decorators.debug import sensitive_variables

from zhitong.kernel.crypto.keyring import KeyRing, keyring

VERSION = b"\x01"
NONCE_BYTES = 12
TAG_BYTES = 16
HEADER_BYTES = len(VERSION) + KeyRing.ID_BYTES
DOMAIN = b"zhitong/box\0"


class Unreadable(ValueError):
    """The box was changed, moved, cut short, or its key is not on the ring."""


@sensitive_variables()
def seal(plaintext: bytes, *, context: bytes) -> bytes:
    """Seal ``plaintext`` under the active key so that it only opens with the same context."""
    ring = keyring()
    header = VERSION + bytes.fromhex(ring.active)
    nonce = secrets.token_bytes(NONCE_BYTES)
    cipher = ring.seals[ring.active].cipher
    return header + nonce + cipher.encrypt(nonce, plaintext, DOMAIN + header + context)


@sensitive_variables()
def open_sealed(box: bytes, *, context: bytes) -> bytes:
    """The plaintext of ``box``. Raises Unreadable."""
    key = keyring().seals.get(key_id(box))
    if key is None:
        raise Unreadable("no key on the ring opens this")
    header, rest = box[:HEADER_BYTES], box[HEADER_BYTES:]
    nonce, sealed = rest[:NONCE_BYTES], rest[NONCE_BYTES:]
    try:
        return key.cipher.decrypt(nonce, sealed, DOMAIN + header + context)
    except InvalidTag:
        raise Unreadable("changed, or moved from where it belongs") from None


def key_id(box: bytes) -> str:
    """The id of the key that sealed ``box``, as 8 hex digits. Raises Unreadable."""
    if len(box) < HEADER_BYTES + NONCE_BYTES + TAG_BYTES or not box.startswith(VERSION):
        raise Unreadable("this is not a sealed box")
    return box[len(VERSION) : HEADER_BYTES].hex()
