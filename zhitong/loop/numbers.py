"""Public numbers of matters, and the receipts that programs hold until a number is public.

Both are derived with a key, so there is no table in which a number could be found before its
time, and from neither does anybody get to a staff code or a tracking code.
"""

from uuid import UUID

from zhitong.kernel.crypto.codes import ALPHABET
from zhitong.kernel.crypto.index import keyed_bytes, same_secret

LENGTH = 16
_SHIFTS = range(75, -1, -5)


def public_code(matter: UUID) -> str:
    """The number under which everybody finds a released matter; always the same one."""
    return _letters("public.code", matter.hex)


def receipt(matter: UUID) -> str:
    """What whoever sent a matter in asks for its public number with."""
    code = public_code(matter)
    return code + _letters("public.receipt", code)


def code_on(receipt: str) -> str:
    """The public number on a receipt of ours, released or not; '' for anything else."""
    code, seal = receipt[:LENGTH], receipt[LENGTH:]
    return code if same_secret(seal, _letters("public.receipt", code)) else ""


def _letters(*parts: str) -> str:
    drawn = int.from_bytes(keyed_bytes("tracking", *parts)[:10], "big")
    return "".join(ALPHABET[drawn >> shift & 31] for shift in _SHIFTS).lower()
