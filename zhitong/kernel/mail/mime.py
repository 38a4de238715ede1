"""Taking a mail apart: bytes in, a bounded tree of parts out (RFC 5322, RFC 2046).

A reader of our own: the standard library's nests as deep as the mail does and tries every open
boundary on every line. Here every level is split once, depth and number are bounded, so the
time grows with the size alone. No bytes raise.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhitong.kernel.mail.bodies import transferred
from zhitong.kernel.mail.headers import parameters

LARGEST = 25 * 1024 * 1024
MOST_PARTS = 500
DEEPEST = 10
MOST_HEADERS = 400
LONGEST_HEAD = 512 * 1024
LONGEST_HEADER = 16_000
LONGEST_BOUNDARY = 200
_FIELD = re.compile(rb"([!-9;-~]{1,120})[ \t]{0,20}:")
_KIND = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,80}")


@dataclass(frozen=True, slots=True)
class Part:
    """One part: header fields by lower-case name, and either bytes or parts of its own."""

    headers: tuple[tuple[str, bytes], ...]
    kind: str
    labels: dict[str, str]
    body: bytes = b""
    parts: tuple["Part", ...] = ()
    left_out: int = 0

    def header(self, name: str) -> bytes:
        """The first field of that name, or nothing."""
        return next((value for key, value in self.headers if key == name), b"")

    def data(self) -> bytes:
        """The body as it was before it was encoded for its way."""
        encoding = self.header("content-transfer-encoding").split(b";")[0]
        return transferred(self.body, encoding.decode("ascii", "replace"))

    def leaves(self) -> Iterator["Part"]:
        """This part, or every part inside that has none of its own, in order."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()


def take_apart(raw: bytes) -> Part:
    """The tree of ``raw``, of which LARGEST bytes are read."""
    data = raw[:LARGEST].replace(b"\r\r\n", b"\n").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return _part(data, default="text/plain", depth=0, left=[MOST_PARTS])


def _part(data: bytes, *, default: str, depth: int, left: list[int]) -> Part:
    """``left`` counts down the parts that may still be made, over the whole tree."""
    head, body = _split(data)
    headers = tuple(_fields(head))
    typed = next((value for key, value in headers if key == "content-type"), b"")
    kind, labels = parameters(typed)
    kind = kind if _KIND.fullmatch(kind) else default
    boundary = labels.get("boundary", "")
    if not kind.startswith("multipart/"):
        return Part(headers, kind, labels, body)
    if depth >= DEEPEST or not boundary:
        return Part(headers, "text/plain", labels, body)
    inner = "message/rfc822" if kind == "multipart/digest" else "text/plain"
    parts: list[Part] = []
    left_out = 0
    for piece in _pieces(body, boundary[:LONGEST_BOUNDARY]):
        if left[0] <= 0:
            left_out += 1
            continue
        left[0] -= 1
        parts.append(_part(piece, default=inner, depth=depth + 1, left=left))
    if not parts:  # the boundary never comes: what is there is read as it stands
        return Part(headers, "text/plain", labels, body, left_out=left_out)
    return Part(headers, kind, labels, parts=tuple(parts), left_out=left_out)


def _pieces(body: bytes, boundary: str) -> Iterator[bytes]:
    """What stands between the boundaries; the last piece may be open at its end."""
    fence = re.compile(
        rb"(?:\A|\n)--" + re.escape(boundary.encode("utf-8", "replace")) + rb"(--)?[ \t]*(?=\n|\Z)"
    )
    start = -1
    for found in fence.finditer(body):
        if start >= 0:
            yield body[start : found.start()]
        start = found.end() + 1
        if found[1]:
            return
    if 0 <= start < len(body):
        yield body[start:]


def _split(data: bytes) -> tuple[bytes, bytes]:
    """Head and body. Without a head all is body; without a blank line, what is no field."""
    if data.startswith(b"\n"):
        return b"", data[1:]
    if not _FIELD.match(data) and not data.startswith((b"From ", b">From ")):
        return b"", data
    end = data.find(b"\n\n")
    if end >= 0:
        return data[: end + 1], data[end + 2 :]
    at = 0
    while at < len(data):  # no blank line: the body begins with the first line that is no field
        if data[at : at + 1] not in (b" ", b"\t") and not _FIELD.match(data, at) and at:
            return data[:at], data[at:]
        at = data.find(b"\n", at) + 1 or len(data)
    return data, b""


def _fields(head: bytes) -> Iterator[tuple[str, bytes]]:
    name, value = "", bytearray()
    count = 0
    for line in head[:LONGEST_HEAD].split(b"\n"):
        if line[:1] in (b" ", b"\t") and name:
            if len(value) < LONGEST_HEADER:
                value += b" " + line.strip()
            continue
        if name:
            yield name, bytes(value[:LONGEST_HEADER])
            name, count = "", count + 1
        if count >= MOST_HEADERS:
            return
        if found := _FIELD.match(line):
            name = found[1].decode("ascii").lower()
            value = bytearray(line[found.end() :].strip()[:LONGEST_HEADER])
    if name:
        yield name, bytes(value[:LONGEST_HEADER])
