"""Drawing a picture again from its pixels, within bounds of time and memory."""

import io
import re

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageFile

from zhitong.kernel.errors import Invalid

LONGEST_SIDE = 1600
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP")
# A JPEG is decoded at a fraction of its size where it is large; the others need every pixel.
MOST_PIXELS = {"JPEG": 80_000_000, "MPO": 80_000_000}
MOST_PIXELS_ELSE = 25_000_000
# libjpeg walks over the whole picture once for every scan of a progressive file.
MOST_PIXELS_SCANNED = 600_000_000
WIDEST = 30_000
ORIENTATION = 0x0112
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_MARKER = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")
_SOS, _EOI, _SOI = 0xDA, 0xD9, 0xD8


def draw_again(data: bytes) -> tuple[int, int, bytes]:
    """Width, height and bytes of a fresh JPEG with the same pixels, upright and bounded.

    Raises Invalid for a picture with too many pixels, and whatever Pillow raises for one that
    is damaged.
    """
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # the maker of PDFs lets half a picture pass
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        _refuse_bombs(image, data)
        orientation = image.getexif().get(ORIENTATION)
        profile = image.info.get("icc_profile")
        longest = max(image.size)
        if longest > LONGEST_SIDE:
            fits = [max(1, side * LONGEST_SIDE // longest) for side in image.size]
            image.draft(None, (fits[0], fits[1]))
        small = _flattened(image)
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    canvas = Image.new("RGB", small.size, "white")
    pixels = _in_srgb(small, profile)
    canvas.paste(pixels, mask=small.getchannel("A") if small.mode == "RGBA" else None)
    if orientation in UPRIGHT:
        canvas = canvas.transpose(UPRIGHT[orientation])
    out = io.BytesIO()
    canvas.save(out, "JPEG", quality=QUALITY, optimize=True)
    return canvas.width, canvas.height, out.getvalue()


def _refuse_bombs(image: Image.Image, data: bytes) -> None:
    """Raises Invalid before a single pixel is decoded."""
    pixels = image.width * image.height
    most = MOST_PIXELS.get(image.format or "", MOST_PIXELS_ELSE)
    scanned = pixels * scans(data) if image.format in MOST_PIXELS else pixels
    if max(image.size) > WIDEST or pixels > most or scanned > MOST_PIXELS_SCANNED:
        raise Invalid(_("This picture has too many pixels. Take a smaller photo."))


def scans(data: bytes) -> int:
    """How many scans the JPEG has up to its end (ITU-T T.81, annex B)."""
    at, found = 2, 0
    while marker := _MARKER.search(data, at):
        code, at = data[marker.start() + 1], marker.end()
        if code == _EOI:
            break
        found += code == _SOS
        if code != _SOI:
            at += int.from_bytes(data[at : at + 2], "big")
    return found


def _flattened(image: Image.Image) -> Image.Image:
    """The first frame's pixels as RGB, RGBA or CMYK."""
    image.load()
    if image.mode in {"RGB", "RGBA", "CMYK"} and "transparency" not in image.info:
        return image
    if image.mode.startswith("I") or image.mode == "F":
        return image.convert("I").point(lambda value: value / 256).convert("L").convert("RGB")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours as sRGB shows them. A profile that makes no sense is left aside."""
    flat = image.convert("RGB") if image.mode == "RGBA" else image
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            moved = ImageCms.profileToProfile(flat, source, target, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            moved = None
        if moved is not None:
            return moved
    return flat.convert("RGB")
