"""UUID version 7 (RFC 9562 §5.7): time-ordered identifiers that a phone can make offline."""

import os
import time
import uuid

NANOSECONDS = 1_000_000


def uuid7() -> uuid.UUID:
    """A new identifier: 48 bits of Unix milliseconds, 12 of the fraction, then 62 random bits.

    The fraction (RFC 9562 §6.2, method 3) keeps identifiers made one after the other by one
    process in order down to about a quarter of a microsecond.
    """
    millis, rest = divmod(time.time_ns(), NANOSECONDS)
    fraction = rest * 4096 // NANOSECONDS
    tail = int.from_bytes(os.urandom(8), "big") & (2**62 - 1)
    stamp = (millis & (2**48 - 1)) << 80 | 0x7 << 76 | fraction << 64
    return uuid.UUID(int=stamp | 0b10 << 62 | tail)
