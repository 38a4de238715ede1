"""Public numbers of matters.

They are derived with a key, so there is no table in which a number could be found before its
time, and from none does anybody get to a staff code or a tracking code.
"""

from uuid import UUID

from zhitong.kernel.crypto.codes import ALPHABET
from zhitong.kernel.crypto.index import keyed_bytes

_SHIFTS = range(75, -1, -5)


def public_code(matter: UUID) -> str:
    """The number under which everybody finds a released matter; always the same one."""
    return _letters("public.code", matter.hex)


def _letters(*parts: str) -> str:
    drawn = int.from_bytes(keyed_bytes("tracking", *parts)[:10], "big")
    return "".join(ALPHABET[drawn >> shift & 31] for shift in _SHIFTS).lower()
