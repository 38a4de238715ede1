"""Photos from outside: decoded within bounds, drawn again, and nothing else kept.

Whatever the file carried besides its pixels - EXIF and GPS (Exif 3.0), XMP, IPTC, comments,
thumbnails, colour profiles, appended archives - is gone, because the stored JPEG is drawn from
the pixels alone. The same upload gives the same bytes, so a second send is recognised.
"""

import hashlib
import struct
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from PIL import Image

from zhitong.kernel.errors import Invalid, TooLarge
from zhitong.kernel.media.kinds import refuse_other_kinds
from zhitong.kernel.media.pixels import draw_again

MEBIBYTE = 1024 * 1024
MOST_BYTES = 8 * MEBIBYTE
MOST_PHOTOS = 6
CONTENT_TYPE = "image/jpeg"
# What Pillow and its plugins raise on damaged or hostile files.
_DAMAGE = (
    OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError, ArithmeticError,
    AttributeError, MemoryError, struct.error, Image.DecompressionBombError, Warning,
)  # fmt: skip
# A picture may need 300 MB while it is decoded: one at a time in each process.
_one_at_a_time = threading.Lock()


class Upload(Protocol):
    """What Django hands over for an uploaded file, or any open binary file."""

    def read(self, size: int = ..., /) -> bytes:
        """At most ``size`` bytes."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A harmless JPEG: its bytes, its size in pixels and the SHA-256 of the bytes in hex."""

    data: bytes
    width: int
    height: int
    sha256: str


def reencode_all(uploads: Iterable[Upload], *, field: str = "photos") -> tuple[Photo, ...]:
    """All photos of one form, in order. Raises as reencode does, naming photo and field."""
    files = list(uploads)
    if len(files) > MOST_PHOTOS:
        sentence = gettext("At most %(most)d photos. Leave some out.") % {"most": MOST_PHOTOS}
        raise Invalid(sentence, fields={field: sentence})
    photos = []
    for number, upload in enumerate(files, 1):
        try:
            photos.append(reencode(upload))
        except (Invalid, TooLarge) as refusal:
            sentence = gettext("Photo %(number)d: %(problem)s") % {
                "number": number,
                "problem": refusal.message,
            }
            raise type(refusal)(sentence, fields={field: sentence}) from refusal
    return tuple(photos)


def reencode(upload: Upload) -> Photo:
    """One photo: upright, at most LONGEST_SIDE pixels long, on white, in sRGB.

    Raises TooLarge above MOST_BYTES, Invalid for anything that is not a sound JPEG, PNG or WebP
    picture of reasonable size.
    """
    data = upload.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise TooLarge(
            gettext("This photo is larger than %(most)d MB. Take a smaller one.")
            % {"most": MOST_BYTES // MEBIBYTE}
        )
    refuse_other_kinds(data)
    try:
        with _one_at_a_time:
            width, height, drawn = draw_again(data)
    except _DAMAGE as error:
        raise Invalid(_("This photo is damaged. Take it again, or choose another.")) from error
    return Photo(drawn, width, height, hashlib.sha256(drawn).hexdigest())
