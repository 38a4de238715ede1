"""Tracking codes: what a resident keeps instead of an account.

Sixteen characters of Crockford's base 32 (80 bits) in groups of four, such as
``7Q4M-0ZKD-2R9C-WX5T``. The code is derived from where the words came from, so sending the
same thing again gives the same code; without the key nobody can derive or guess one. The
database keeps only its digest.
"""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from zhitong.kernel.crypto.index import keyed_bytes, keyed_digest
from zhitong.kernel.errors import Invalid

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
GROUP = 4
LONGEST_TYPED = 100
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BETWEEN = re.compile(r"[\s\-_.·‐-―−\u200b-\u200f\u2060\ufeff]+")


@sensitive_variables()
def tracking_code(*, channel: str, external_id: str) -> str:
    """The code of the matter that ``channel`` knows as ``external_id``; always the same one."""
    drawn = int.from_bytes(keyed_bytes("tracking", "code", channel, external_id)[:10], "big")
    letters = "".join(ALPHABET[drawn >> shift & 31] for shift in range(75, -1, -5))
    return grouped(letters)


@sensitive_variables()
def read_code(typed: str) -> str:
    """A typed code as it was printed: any case, spacing or width, O for 0, I or L for 1.

    Raises Invalid when it cannot be a code.
    """
    if len(typed) > LONGEST_TYPED:
        raise _not_a_code()
    plain = unicodedata.normalize("NFKC", typed).upper()
    letters = _BETWEEN.sub("", plain).translate(_READ_AS)
    if len(letters) != LENGTH or not set(letters) <= set(ALPHABET):
        raise _not_a_code()
    return grouped(letters)


@sensitive_variables()
def tracking_digest(code: str) -> str:
    """The 64 hex characters under which the code's matter is found. Raises Invalid as above."""
    return keyed_digest("tracking", "digest", read_code(code))


def grouped(letters: str) -> str:
    """Letters in groups of four, for reading aloud."""
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))


def _not_a_code() -> Invalid:
    sentence = _(
        "This is not a tracking code. It has 16 letters and digits in groups of four, as on "
        "your slip or in your message."
    )
    return Invalid(sentence, fields={"code": sentence})
