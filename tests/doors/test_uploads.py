"""Files through the public form and the API, and bodies that are too large, endless or cut off."""

import base64
import io
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client

from tests.doors.trials import FORM, Sent, Trials, counts, undone
from tests.hostile.files import ACCEPTED, EVERY_FILE, MEBIBYTE, REFUSED, SECRET, File, big_upload
from tests.permits.world import World
from zhitong.config.serving.whole import whole
from zhitong.config.wsgi import application
from zhitong.kernel.scope import acting
from zhitong.loop.models import Matter, Photo
from zhitong.loop.tests.county import TOWN

GOOD = {"words": "路灯坏了", "town": TOWN, "nonce": "an-upload-of-tests"}
API = "/api/v1/matters"
LONGEST_NAME = 1000  # Django takes no longer headers, no file system longer names
NAMELESS = "."  # Django passes over files that have no name at all
QUICK = {"svg as jpg", "html as png", "truncated jpeg", "claimed png", "noise", "animated gif"}


def stored_files() -> set[Path]:
    """What lies in the folder of pictures."""
    return set(Path(settings.MEDIA_ROOT).rglob("*.jpg"))


def with_file(file: File) -> Sent:
    """The form as a browser sends it with this file; its name travels as browsers write names."""
    name = file.filename.replace("\r\n", "%0D%0A").encode()
    parts = [_part(f'name="{field}"'.encode(), text.encode()) for field, text in GOOD.items()]
    head = b'name="photos"; filename="' + name + b'"\r\nContent-Type: '
    parts.append(_part(head + file.content_type.encode(), file.make()))
    return Sent(b"".join(parts) + b"--x--\r\n", "multipart/form-data; boundary=x")


def _part(head: bytes, data: bytes) -> bytes:
    return b"--x\r\nContent-Disposition: form-data; " + head + b"\r\n\r\n" + data + b"\r\n"


def test_every_file_through_the_public_form(world: World) -> None:
    """A picture is drawn again and served as nothing else; anything else is refused."""
    trials, browser, before, files = Trials(), Client(), counts(), stored_files()
    for file in EVERY_FILE:
        with undone():
            answer = with_file(file).to(browser, "/say", {})
            written = counts() != before
            if file.accepted and len(file.filename) < LONGEST_NAME:
                trials.expect(answer.status_code == 302, f"{file}: {answer.status_code}")
                if answer.status_code == 302 and file.filename != NAMELESS:
                    place = answer["Location"].removesuffix("/said")
                    _served(trials, file, browser, place, world)
            else:
                trials.expect(answer.status_code in {400, 413}, f"{file}: {answer.status_code}")
                trials.expect(not written, f"{file}: refused and yet wrote")
                trials.expect(stored_files() <= files, f"{file}: left a file behind")
        files = stored_files()
    trials.done()


def _served(trials: Trials, file: File, browser: Client, place: str, world: World) -> None:
    with acting(world.people["community_officer"].scope):
        matter = Matter.objects.get(external_id=GOOD["nonce"])
        photo = Photo.objects.get(matter=matter).pk
    answer = browser.get(f"{place}/photo/{photo}")
    served = answer.getvalue()
    trials.expect(answer["Content-Type"] == "image/jpeg", f"{file}: {answer['Content-Type']}")
    trials.expect(answer["X-Content-Type-Options"] == "nosniff", f"{file}: sniffed")
    trials.expect("sandbox" in answer["Content-Security-Policy"], f"{file}: no sandbox")
    for hidden in (SECRET.encode(), b"<script", b"<?php", b"PK\x03\x04"):
        trials.expect(hidden not in served, f"{file}: {hidden!r} is still inside")


def test_files_through_the_api(world: World) -> None:
    """The same walls behind base64."""
    trials, partner = Trials(), world.people["client"].browser()
    good = {"external_id": "with-a-picture", "area": TOWN, "words": "路灯坏了"}

    def sent(*pictures: str) -> Sent:
        return Sent(json.dumps(good | {"pictures": pictures}).encode(), "application/json")

    def encoded(file: File) -> str:
        return base64.b64encode(file.make()).decode()

    for file in REFUSED:
        if file.name in QUICK:
            trials.refused(f"{file}", partner, API, sent(encoded(file)))
    small = encoded(ACCEPTED[0])
    trials.refused("not base64", partner, API, sent("<script>"))
    trials.refused("seven pictures", partner, API, sent(*[small] * 7))
    answer = sent(*[small] * 6).to(partner, API, {})
    trials.expect(answer.status_code == 201, f"six pictures: {answer.content!r}")
    trials.done()


def test_a_phones_photo_fits_into_the_api(world: World) -> None:
    """A picture of several megabytes, which is what phones take."""
    photo = ACCEPTED[0].make() + bytes(3 * MEBIBYTE)
    body: dict[str, object] = {"external_id": "large", "area": TOWN, "words": "路灯坏了"}
    body["pictures"] = [base64.b64encode(photo).decode()]
    answer = world.people["client"].browser().post(API, body, content_type="application/json")
    assert answer.status_code == 201


def _named(file: File) -> SimpleUploadedFile:
    return SimpleUploadedFile(file.filename, file.make(), file.content_type)


def test_too_many_files(world: World) -> None:
    """Seven pictures, and more files than any form has."""
    trials, browser, good = Trials(), Client(), ACCEPTED[0]
    for many in (7, 11, 300):
        before = counts()
        answer = browser.post("/say", {**GOOD, "photos": [_named(good) for _each in range(many)]})
        trials.expect(answer.status_code in {400, 413}, f"{many}: {answer.status_code}")
        trials.expect(counts() == before, f"{many}: refused and yet wrote")
    trials.done()


class Body(io.RawIOBase):
    """A body as it arrives: in parts, counted; it ends when the parts end."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts, self._rest, self.taken = iter(parts), b"", 0

    def read(self, size: int = -1, /) -> bytes:
        """At most so much of what is there."""
        while len(self._rest) < size and (part := next(self._parts, b"")):
            self._rest += part
        given, self._rest = self._rest[:size], self._rest[size:]
        self.taken += len(given)
        return given


def sent_raw(path: str, body: Body, **environ: str) -> tuple[int, bytes]:
    """The status and the page that the site answers to a raw request."""
    told: list[Any] = []
    request = {
        "REQUEST_METHOD": "POST", "PATH_INFO": path, "SCRIPT_NAME": "", "SERVER_NAME": "testserver",
        "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http", "wsgi.input": body, "wsgi.errors": io.StringIO(),
        "wsgi.version": (1, 0), "wsgi.multithread": True, "wsgi.multiprocess": True,
        "wsgi.run_once": False, "HTTP_HOST": "testserver", "HTTP_ACCEPT_LANGUAGE": "en", **environ,
    }  # fmt: skip
    with _one_connection():
        answer = application(request, lambda status, headers: told.extend((status, headers)))
        return int(told[0].split()[0]), b"".join(answer)


@contextmanager
def _one_connection() -> Iterator[None]:
    """Requests close the database connection; this test's transaction lives on it."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def multipart() -> Iterator[bytes]:
    """Fifty megabytes that claim to be a picture."""
    yield b'--x\r\nContent-Disposition: form-data; name="photos"; filename="a.jpg"\r\n\r\n'
    yield from big_upload(50)
    yield b"\r\n--x--\r\n"


@pytest.mark.parametrize(
    ("path", "content_type", "length"),
    [
        ("/say", "multipart/form-data; boundary=x", 60 * MEBIBYTE),
        ("/say-for", "multipart/form-data; boundary=x", 52 * MEBIBYTE),
        ("/say", FORM, 2 * MEBIBYTE),
        (API, "application/json", 17 * MEBIBYTE),
        ("/say", "multipart/form-data; boundary=x", 10**30),
    ],
)
def test_too_large_is_told_before_it_is_read(
    world: World, path: str, content_type: str, length: int
) -> None:
    """413 in the reader's language, and not one byte taken."""
    body, before = Body(multipart()), counts()
    status, page = sent_raw(path, body, CONTENT_TYPE=content_type, CONTENT_LENGTH=str(length))
    assert (status, body.taken) == (413, 0)
    assert b"too large" in page
    assert counts() == before


@pytest.mark.parametrize(
    "environ", [{"HTTP_TRANSFER_ENCODING": "chunked"}, {"CONTENT_LENGTH": "-5"}]
)
def test_a_body_of_unknown_length_is_refused(world: World, environ: dict[str, str]) -> None:
    """Nobody knows when it would end."""
    body, before = Body(multipart()), counts()
    status, page = sent_raw("/say", body, CONTENT_TYPE="multipart/form-data; boundary=x", **environ)
    assert (status, body.taken) == (400, 0)
    assert b"Content-Length" in page
    assert counts() == before


@pytest.mark.parametrize("kind", [FORM, "multipart/form-data; boundary=x"])
def test_words_that_were_cut_off_are_not_kept(world: World, kind: str) -> None:
    """The connection broke in the middle of the last field: nothing was said yet."""
    key = "k" * 32
    fields = {"csrfmiddlewaretoken": key, **GOOD}
    fields["words"] = fields.pop("words")
    data = urlencode(fields).encode()
    if kind != FORM:
        part = '--x\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
        data = "".join(part.format(*each) for each in fields.items()).encode() + b"--x--\r\n"
    environ = {"CONTENT_TYPE": kind, "HTTP_COOKIE": f"csrftoken={key}"}
    whole_length = str(len(data))
    before = counts()
    for cut in (len(data) - 3, len(data) - 9, len(data) // 2, 0):
        status, _page = sent_raw("/say", Body([data[:cut]]), CONTENT_LENGTH=whole_length, **environ)
        assert 400 <= status < 500, (cut, status)
        assert counts() == before
    status, _page = sent_raw("/say", Body([data]), CONTENT_LENGTH=whole_length, **environ)
    assert status == 302


def test_a_whole_body_passes_unchanged() -> None:
    """However it is read."""

    def echo(environ: dict[str, Any], _start: Any) -> list[bytes]:
        stream = environ["wsgi.input"]
        return [stream.readline(), stream.read(2), stream.read(), stream.read(), stream.readline()]

    environ = {"CONTENT_LENGTH": "13", "wsgi.input": io.BytesIO(b"one\ntwo three")}
    assert list(whole(echo)(environ, None)) == [b"one\n", b"tw", b"o three", b"", b""]
