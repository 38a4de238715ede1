"""What kind of file was sent, by its first bytes; its name and declared type say nothing."""

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.errors import Invalid, Sentence

_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif")


def refuse_other_kinds(data: bytes) -> None:
    """Raises Invalid, with advice, unless the bytes begin like a JPEG, PNG or WebP picture."""
    known = (
        data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))
        or (data.startswith(b"RIFF") and data[8:12] == b"WEBP")
    )  # fmt: skip
    if not known:
        raise Invalid(_advice(data))


def _advice(data: bytes) -> Sentence:
    if not data:
        return _("This file is empty. Choose the photo again.")
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        return _(
            "This photo is in the HEIC format, which many devices cannot show. On an iPhone choose "
            "Settings, Camera, Formats, Most Compatible, and take it again; or send a screenshot."
        )
    if data.startswith((b"GIF87a", b"GIF89a")):
        return _("Animated pictures (GIF) cannot be sent. Send a photo or a screenshot.")
    return _("This is not a photo. Send a JPEG, PNG or WebP picture.")
