"""Reading header fields as they really come (RFC 5322, 2047, 2231): broken in every way.

Values are bytes here, unfolded and at most ``mime.LONGEST_HEADER`` long, so that no pattern
below can run for long.
"""

import binascii
import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from zhitong.kernel.mail.bodies import base64
from zhitong.kernel.mail.charsets import decoded, tidy
from zhitong.kernel.text.output import header_safe

LONGEST_LINE = 400
LONGEST_FIELD = 6000
MOST_PARAMETERS = 60
_WORD = re.compile(rb"=\?([^?\s=]{1,40})\?([bBqQ])\?((?:[^?]|\?(?!=)){0,2000})(?:\?=|$)")
_PARAMETER = re.compile(rb';\s*([^=;\s]{1,60})\s*=\s*("(?:[^"\\]|\\.)*"?|[^;]*)', re.DOTALL)
_QUOTED = re.compile(rb'"(?:[^"\\]|\\.){0,200}"', re.DOTALL)
_ANGLE = re.compile(rb"<([^<>]{0,400})>")
_ADDRESS = re.compile(
    rb"[^\s<>()\[\]\\,;:@\"'\x00-\x1f\x7f-\xff]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?"
)
_ID = re.compile(rb"<([^<>\s]{1,250})>")
_SECTION = re.compile(r"([^*]+)(?:\*(\d{1,3}))?(\*)?")


def line(raw: bytes, limit: int = LONGEST_LINE) -> str:
    """A field as one safe line of text, its encoded words decoded; at most ``limit`` long."""
    return header_safe(tidy(text(raw[: limit * 12])))[:limit].strip()


def text(raw: bytes) -> str:
    """A field's text: encoded words (RFC 2047), raw bytes of any encoding, or both at once.

    Neighbouring words of one encoding are joined as bytes before they are read, because
    senders cut Chinese characters in the middle.
    """
    return "".join(decoded(data, label) for data, label in _joined(_runs(raw)))


def _runs(raw: bytes) -> Iterator[tuple[bytes, str]]:
    """Pieces of bytes and their label; label '' for what stands outside of encoded words."""
    at = 0
    for word in _WORD.finditer(raw):
        between = raw[at : word.start()]
        if between.strip() or (between and not at):
            yield between, ""
        label = word[1].split(b"*")[0].decode("ascii", "replace")
        if word[2] in b"bB":
            yield base64(word[3]), label or "utf-8"
        else:
            yield binascii.a2b_qp(word[3].replace(b" ", b"_"), header=True), label or "utf-8"
        at = word.end()
    if raw[at:]:
        yield raw[at:], ""


def _joined(runs: Iterator[tuple[bytes, str]]) -> Iterator[tuple[bytes, str]]:
    held: list[bytes] = []
    label = ""
    for data, name in runs:
        if held and name.lower() != label:
            yield b"".join(held), label
            held = []
        held.append(data)
        label = name.lower()
    if held:
        yield b"".join(held), label


def parameters(raw: bytes) -> tuple[str, dict[str, str]]:
    """A field with parameters: its value in lower case, and the parameters by lower-case name.

    Continuations and percent-encoding (RFC 2231), encoded words in quotes (Outlook, QQ), raw
    bytes and missing quotes are all read. The first of two equal names counts.
    """
    value = raw.split(b";", 1)[0].strip().decode("ascii", "replace").lower()
    sections: dict[str, list[tuple[int, bool, bytes]]] = {}
    for count, found in enumerate(_PARAMETER.finditer(raw)):
        if count >= MOST_PARAMETERS:
            break
        key = _SECTION.fullmatch(found[1].decode("ascii", "replace").lower())
        if key:
            section = (int(key[2] or 0), bool(key[3]), _unquoted(found[2]))
            sections.setdefault(key[1], []).append(section)
    return value, {name: _value(found) for name, found in sections.items()}


def _unquoted(raw: bytes) -> bytes:
    raw = raw.strip()
    if raw.startswith(b'"'):
        return re.sub(rb"\\([\"\\])", rb"\1", raw.strip(b'"'))
    return raw


def _value(sections: list[tuple[int, bool, bytes]]) -> str:
    firsts: dict[int, tuple[bool, bytes]] = {}
    for number, percent, piece in sections:
        if number not in firsts or (percent and not firsts[number][0]):
            firsts[number] = (percent, piece)
    label, pieces = "", []
    for number in sorted(firsts):
        percent, piece = firsts[number]
        if percent:
            if number == min(firsts) and piece.count(b"'") >= 2:
                name, _, piece = piece.split(b"'", 2)
                label = name.decode("ascii", "replace")
            piece = unquote_to_bytes(piece)
        pieces.append(piece)
    whole = b"".join(pieces)
    return header_safe(tidy(decoded(whole, label) if label else text(whole)))


def addresses(raw: bytes, most: int = 50) -> tuple[str, ...]:
    """The addresses in a field, in lower case. Names are dropped before anything is decoded.

    A display name, however encoded, cannot pose as the address.
    """
    bare = _QUOTED.sub(b" ", raw[:LONGEST_FIELD])
    angled = [one[0] for inner in _ANGLE.findall(bare) if (one := _ADDRESS.search(inner))]
    plain = (one.decode("ascii").lower() for one in (angled or _ADDRESS.findall(bare))[:most])
    return tuple(dict.fromkeys(plain))


def ids(raw: bytes) -> tuple[str, ...]:
    """Message ids in a field, without their brackets, each once."""
    found = (one.decode("ascii", "replace") for one in _ID.findall(raw))
    return tuple(dict.fromkeys(found))
