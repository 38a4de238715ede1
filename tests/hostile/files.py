"""Hostile uploads: bombs, disguises, polyglots, wrecks. Each is made when it is asked for."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from PIL import Image, PngImagePlugin

MEBIBYTE = 1024 * 1024
SECRET = "37.33N 116.57E 王建国 Canon"


@dataclass(frozen=True, slots=True)
class File:
    """An upload and whether a photo field lets it in (then redrawn, with nothing else kept)."""

    name: str
    filename: str
    content_type: str
    make: Callable[[], bytes]
    accepted: bool

    def __str__(self) -> str:
        return self.name


def picture(
    form: str = "JPEG", size: tuple[int, int] = (320, 200), mode: str = "RGB", **save: Any
) -> bytes:
    """A sound picture with soft colours, so that it looks the same after lossy coding."""
    image = Image.linear_gradient("L").resize(size).convert(mode)
    out = io.BytesIO()
    image.save(out, form, **save)
    return out.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    """One chunk of a PNG file."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *, depth: int = 1, colour: int = 0, data: bytes = b"") -> bytes:
    """A PNG with the given header and compressed pixels, honest or not."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def png_bomb() -> bytes:
    """Half a gigapixel of black, honestly packed into half a megabyte."""
    side, packer = 22_000, zlib.compressobj(9)
    row = bytes(1 + side // 8)
    packed = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    return png(side, side, data=packed)


def claimed_jpeg(width: int = 65_500, height: int = 65_500) -> bytes:
    """A small JPEG whose header claims a huge picture."""
    data = bytearray(picture())
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def scan_bomb(scans: int = 4000, side: int = 1500) -> bytes:
    """A progressive JPEG that repeats one scan over the whole picture again and again."""
    data = picture(size=(side, side), mode="L", progressive=True, quality=30)
    first = data.index(b"\xff\xda")
    second = data.index(b"\xff\xda", first + 2)
    start = data.rindex(b"\xff\xc4", 0, second) if b"\xff\xc4" in data[first:second] else second
    return data[:first] + data[first:start] * scans + data[start:]


def text_bomb(kind: bytes) -> bytes:
    """A PNG with 200 MB of text, or colour profile, packed into one chunk."""
    packed = zlib.compress(bytes(200 * MEBIBYTE), 9)
    data = picture("PNG")
    return data[:33] + chunk(kind, b"Comment\0\0" + packed) + data[33:]


def zip_bomb() -> bytes:
    """A gigabyte of zeros in a zip in a zip."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", bytes(64 * MEBIBYTE))
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(16):
            archive.writestr(f"{number}.zip", inner.getvalue())
    return outer.getvalue()


def photo_with_secrets(form: str = "JPEG", orientation: int = 1) -> bytes:
    """A photo that tells where, when and by whom it was taken, in every place that can say so."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x013B], exif[0x9286] = orientation, SECRET, SECRET, SECRET
    exif.get_ifd(0x8825).update({1: "N", 2: (37.0, 19.0, 48.0), 3: "E", 4: (116.0, 34.0, 12.0)})
    extra: dict[str, Any] = {"exif": exif, "xmp": f"<x:xmpmeta>{SECRET}</x:xmpmeta>".encode()}
    if form == "JPEG":
        extra["comment"] = SECRET
    if form == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_text("Author", SECRET)
        info.add_itxt("XML:com.adobe.xmp", SECRET)
        extra = {"exif": exif, "pnginfo": info}
    return picture(form, size=(400, 300), **extra)


def frames(form: str) -> bytes:
    """An animation of three frames."""
    images = [Image.new("RGB", (40, 40), colour) for colour in ("red", "green", "blue")]
    out = io.BytesIO()
    images[0].save(out, form, save_all=True, append_images=images[1:], duration=100)
    return out.getvalue()


def with_archive() -> bytes:
    """A photo with a zip archive and a script behind its end, and a script in its comment."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("evil.html", "<script>alert(1)</script>")
    return picture(comment=b"<?php system($_GET[0]); ?>") + out.getvalue() + b"<script>1</script>"


def big_upload(mebibytes: int = 50) -> Iterator[bytes]:
    """A photo field's worth of far too much, a mebibyte at a time."""
    yield picture()
    for _ in range(mebibytes):
        yield b"\xff" * MEBIBYTE


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><script>alert(document.domain)</script></html>"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(200)


def _bad(name: str, filename: str, content_type: str, make: Callable[[], bytes]) -> File:
    return File(name, filename, content_type, make, accepted=False)


REFUSED = (
    _bad("empty", "a.jpg", "image/jpeg", bytes),
    _bad("svg as jpg", "a.jpg", "image/jpeg", lambda: SVG),
    _bad("svg", "a.svg", "image/svg+xml", lambda: SVG),
    _bad("html as jpg", "a.jpg", "image/jpeg", lambda: HTML),
    _bad("html as png", "a.html.png", "image/png", lambda: HTML),
    _bad("pdf as jpg", "a.jpg", "image/jpeg", lambda: b"%PDF-1.7\n" + bytes(500)),
    _bad("program as jpg", "a.jpg", "image/jpeg", lambda: b"MZ" + bytes(500)),
    _bad("script behind a jpeg mark", "a.jpg", "image/jpeg", lambda: b"\xff\xd8\xff" + HTML),
    _bad("script behind a gif mark", "a.gif", "image/gif", lambda: b"GIF89a/*" + HTML),
    _bad("heic", "IMG_0001.HEIC", "image/heic", lambda: HEIC),
    _bad("animated gif", "a.gif", "image/gif", lambda: frames("GIF")),
    _bad("gif as jpg", "a.jpg", "image/jpeg", lambda: frames("GIF")),
    _bad("bmp", "a.bmp", "image/bmp", lambda: picture("BMP")),
    _bad("tiff", "a.tif", "image/tiff", lambda: picture("TIFF")),
    _bad("icon", "a.ico", "image/x-icon", lambda: picture("ICO", size=(32, 32))),
    _bad("truncated jpeg", "a.jpg", "image/jpeg", lambda: picture(size=(900, 900))[:2000]),
    _bad("truncated png", "a.png", "image/png", lambda: picture("PNG")[:-40]),
    _bad("truncated webp", "a.webp", "image/webp", lambda: picture("WEBP")[:-40]),
    _bad("jpeg header only", "a.jpg", "image/jpeg", lambda: picture()[:200]),
    _bad("png without pixels", "a.png", "image/png", lambda: png(10, 10)),
    _bad("png with no size", "a.png", "image/png", lambda: png(0, 0)),
    _bad("png bomb", "a.png", "image/png", png_bomb),
    _bad("claimed png", "a.png", "image/png", lambda: png(2**31 - 1, 2**31 - 1)),
    _bad("needle png", "a.png", "image/png", lambda: png(1, 20_000_000)),
    _bad("claimed jpeg", "a.jpg", "image/jpeg", claimed_jpeg),
    _bad("jpeg of 4,000 scans", "a.jpg", "image/jpeg", scan_bomb),
    _bad("png text bomb", "a.png", "image/png", lambda: text_bomb(b"zTXt")),
    _bad("zip bomb as jpg", "a.jpg", "image/jpeg", zip_bomb),
    _bad("zip bomb", "a.zip", "application/zip", zip_bomb),
    _bad("noise", "a.jpg", "image/jpeg", lambda: b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40),
    _bad("nine megabytes", "a.jpg", "image/jpeg", lambda: picture() + bytes(9 * MEBIBYTE)),
)


def _good(name: str, filename: str, content_type: str, make: Callable[[], bytes]) -> File:
    return File(name, filename, content_type, make, accepted=True)


ACCEPTED = (
    _good("photo with secrets", "a.jpg", "image/jpeg", photo_with_secrets),
    _good("png with secrets", "a.png", "image/png", lambda: photo_with_secrets("PNG")),
    _good("webp with secrets", "a.webp", "image/webp", lambda: photo_with_secrets("WEBP")),
    _good("archive and scripts inside", "a.jpg", "image/jpeg", with_archive),
    _good("animated webp", "a.webp", "image/webp", lambda: frames("WEBP")),
    _good("png that says jpg", "a.jpg", "image/jpeg", lambda: picture("PNG")),
    _good("photo that says html", "a.html", "text/html", picture),
    _good("path in the name", "../../../../etc/passwd.jpg", "image/jpeg", picture),
    _good("line end in the name", "a\r\nX-Evil: 1.jpg", "image/jpeg", picture),
    _good("script in the name", "<script>alert(1)</script>.jpg", "image/jpeg", picture),
    _good("turned-round name", "a\u202egpj.exe", "image/jpeg", picture),
    _good("endless name", "a" * 5000 + ".jpg", "image/jpeg", picture),
    _good("no name", ".", "image/jpeg", picture),
)
EVERY_FILE = REFUSED + ACCEPTED
