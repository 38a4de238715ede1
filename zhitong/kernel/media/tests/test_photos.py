"""What comes out is a picture and nothing else, or a sentence that says why not."""

import hashlib
import io
import resource
import time

import pytest
from django.utils import translation
from PIL import Image, ImageCms, ImageFile, ImageStat

from tests.hostile import files
from tests.hostile.files import (
    ACCEPTED,
    REFUSED,
    SECRET,
    File,
    big_upload,
    photo_with_secrets,
    picture,
)
from zhitong.kernel.errors import Invalid, Refusal, TooLarge
from zhitong.kernel.media.photos import MOST_BYTES, reencode, reencode_all
from zhitong.kernel.media.pixels import LONGEST_SIDE, scans

TRACES = (
    b"Exif", b"GPS", b"ICC_PROFILE", b"http://ns.adobe.com", b"xmp", b"Photoshop", b"<script",
    b"<?php", b"PK\x03\x04", b"MPF", SECRET.encode(), SECRET[:6].encode(), "王建国".encode(),
)  # fmt: skip


def redrawn(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(reencode(io.BytesIO(data)).data))


def colour(image: Image.Image, at: tuple[int, int]) -> tuple[int, ...]:
    found = image.getpixel(at)
    assert isinstance(found, tuple)
    return found


def markers(data: bytes) -> set[int]:
    """The APPn and COM segments of a JPEG."""
    at, found = 2, set()
    while data[at + 1] != 0xDA:
        found.add(data[at + 1])
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return {code for code in found if 0xE0 <= code <= 0xEF or code == 0xFE}


@pytest.mark.parametrize("file", ACCEPTED, ids=str)
def test_only_the_pixels_are_left(file: File):
    sent = file.make()
    photo = reencode(io.BytesIO(sent))
    assert photo.data.startswith(b"\xff\xd8\xff")
    assert photo.data.endswith(b"\xff\xd9")
    assert not [trace for trace in TRACES if trace in photo.data]
    assert markers(photo.data) == {0xE0}
    assert photo.sha256 == hashlib.sha256(photo.data).hexdigest()
    with Image.open(io.BytesIO(photo.data)) as image:
        assert image.format == "JPEG"
        assert image.size == (photo.width, photo.height)
        assert dict(image.getexif()) == {}
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert reencode(io.BytesIO(sent)) == photo


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_the_secrets_were_there(form):
    sent = photo_with_secrets(form)
    assert SECRET.encode() in sent
    assert Image.open(io.BytesIO(sent)).getexif().get_ifd(0x8825)[2] == (37.0, 19.0, 48.0)


@pytest.mark.parametrize("file", REFUSED, ids=str)
def test_what_is_no_photo_is_refused_in_bounded_time_and_memory(file: File):
    sent = file.make()
    before, memory = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Refusal) as caught:
        reencode(io.BytesIO(sent))
    assert time.process_time() - before < 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 100_000
    assert 400 <= caught.value.status < 500
    assert str(caught.value)


def test_too_many_bytes_are_not_even_read():
    class Endless:
        read_in_all = 0

        def read(self, size: int = -1) -> bytes:
            assert 0 <= size <= MOST_BYTES + 1
            self.read_in_all += size
            return bytes(size)

    upload = Endless()
    with pytest.raises(TooLarge):
        reencode(upload)
    assert upload.read_in_all == MOST_BYTES + 1
    assert sum(map(len, big_upload(50))) > 50 * 1024 * 1024


CORNERS = {
    1: "tl", 2: "tr", 3: "br", 4: "bl", 5: "tl", 6: "tr", 7: "br", 8: "bl",
}  # fmt: skip


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_photos_are_upright(form, orientation):
    image = Image.new("RGB", (80, 40), "blue")
    image.paste("red", (0, 0, 20, 20))
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = io.BytesIO()
    image.save(out, form, exif=exif, quality=95)
    seen = redrawn(out.getvalue())
    assert seen.size == ((80, 40) if orientation < 5 else (40, 80))
    width, height = seen.size
    points = {
        "tl": (5, 5), "tr": (width - 6, 5), "bl": (5, height - 6), "br": (width - 6, height - 6),
    }  # fmt: skip
    red = [name for name, at in points.items() if colour(seen, at)[0] > 200]
    assert red == [CORNERS[orientation]]


@pytest.mark.parametrize("orientation", [0, 9, 99])
def test_nonsense_about_the_orientation_is_left_aside(orientation):
    assert redrawn(photo_with_secrets(orientation=orientation)).size == (400, 300)


@pytest.mark.parametrize(
    ("size", "kept"),
    [
        ((1600, 1200), (1600, 1200)),
        ((4000, 3000), (1600, 1200)),
        ((3000, 4000), (1200, 1600)),
        ((8000, 6000), (1600, 1200)),
        ((1601, 900), (1600, 899)),
        ((20_000, 4), (1600, 1)),
        ((1, 1), (1, 1)),
    ],
)
def test_sizes(size, kept):
    photo = reencode(io.BytesIO(picture(size=size, quality=40)))
    assert max(photo.width, photo.height) <= LONGEST_SIDE
    assert abs(photo.width - kept[0]) <= 1
    assert abs(photo.height - kept[1]) <= 1


@pytest.mark.parametrize(
    ("form", "mode"),
    [
        ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "1"), ("PNG", "L"), ("PNG", "LA"), ("PNG", "P"),
        ("PNG", "RGBA"), ("PNG", "I;16"), ("WEBP", "RGB"), ("WEBP", "RGBA"),
    ],
)  # fmt: skip
def test_every_kind_of_pixel_looks_the_same(form, mode):
    image = Image.linear_gradient("L").resize((64, 64))
    if mode == "I;16":
        image = image.convert("I").point(lambda value: value * 257).convert("I;16")
    else:
        image = image.convert("RGB").convert(mode) if mode != "L" else image
    out = io.BytesIO()
    image.save(out, form)
    seen = redrawn(out.getvalue())
    assert seen.mode == "RGB"
    means = ImageStat.Stat(seen).mean
    assert all(abs(mean - 127) < 8 for mean in means), means
    assert colour(seen, (32, 2))[0] < 30
    assert colour(seen, (32, 61))[0] > 220


def test_what_is_transparent_becomes_white():
    image = Image.new("RGBA", (40, 40), (255, 0, 0, 0))
    image.paste((0, 0, 255, 255), (0, 0, 20, 40))
    out = io.BytesIO()
    image.save(out, "PNG")
    seen = redrawn(out.getvalue())
    assert min(colour(seen, (35, 20))) > 240
    assert colour(seen, (5, 20))[2] > 200


def test_colours_of_another_profile_are_moved_to_srgb():
    lab_red = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    plain = redrawn(picture("PNG"))
    same = redrawn(picture("PNG", icc_profile=lab_red))
    nonsense = redrawn(picture("PNG", icc_profile=b"\0" * 400))
    assert plain.tobytes() == nonsense.tobytes()
    assert max(ImageStat.Stat(same).mean) == pytest.approx(max(ImageStat.Stat(plain).mean), abs=1)


def test_scans_are_counted_to_the_end_of_the_picture_only():
    assert scans(picture()) == 1
    assert 2 < scans(picture(progressive=True)) < 15
    assert scans(picture() + b"\xff\xda" * 1000) == 1
    assert scans(files.scan_bomb(500)) > 500
    assert scans(b"\xff\xd8") == 0


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (b"", "empty"),
        (files.HEIC, "HEIC"),
        (b"GIF89a" + bytes(50), "GIF"),
        (files.SVG, "not a photo"),
    ],
)
def test_the_advice_fits_the_file(data, advice):
    with translation.override("en"), pytest.raises(Invalid) as caught:
        str(reencode(io.BytesIO(data)))
    with translation.override("en"):
        assert advice in str(caught.value)


def test_photos_of_one_form():
    sound = [io.BytesIO(picture(size=(10 + number, 10))) for number in range(6)]
    assert [photo.width for photo in reencode_all(sound)] == [10, 11, 12, 13, 14, 15]
    assert reencode_all([]) == ()
    with translation.override("en"), pytest.raises(Invalid) as caught:
        reencode_all([io.BytesIO(picture()) for _ in range(7)])
    assert "At most 6" in str(caught.value.fields["photos"])
    with translation.override("en"), pytest.raises(Invalid) as caught:
        reencode_all([io.BytesIO(picture()), io.BytesIO(files.HTML)])
    assert str(caught.value.fields["photos"]).startswith("Photo 2: This is not a photo.")
    with pytest.raises(TooLarge):
        reencode_all([io.BytesIO(bytes(MOST_BYTES + 1))])


def test_half_a_picture_is_refused_whatever_other_libraries_allow(monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    whole = picture("JPEG", (400, 300))
    with pytest.raises(Invalid):
        reencode(io.BytesIO(whole[: len(whole) // 2]))
