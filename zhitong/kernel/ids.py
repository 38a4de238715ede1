"""UUID version 7 (RFC 9562 §5.7): time-ordered identifiers that a phone can make offline."""

import os
import time
import uuid


def uuid7() -> uuid.UUID:
    """A new identifier: 48 bits of Unix milliseconds, then 74 random bits."""
    millis = time.time_ns() // 1_000_000
    tail = int.from_bytes(os.urandom(10), "big")
    value = (millis & (2**48 - 1)) << 80 | 0x7 << 76 | (tail >> 68 & 0xFFF) << 64
    return uuid.UUID(int=value | 0b10 << 62 | tail & (2**62 - 1))
