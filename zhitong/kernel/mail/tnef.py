"""The envelope that Outlook calls winmail.dat: its text and the names and bytes it holds.

A small reader for [MS-OXTNEF] and the part of [MS-OXCDATA] it stands on. Compressed RTF is
left alone: such mails carry a plain text beside it. Bounded, and no bytes raise.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from zhitong.kernel.mail.charsets import decoded
from zhitong.kernel.mail.markup import plain

SIGNATURE = 0x223E9F78
KINDS = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
MOST_ATTRIBUTES = 2000
MOST_PROPERTIES = 1000
MOST_FILES = 20
_BODY, _CODEPAGE, _PROPERTIES = 0x0002800C, 0x00069007, 0x00069003
_BEGIN, _TITLE, _DATA, _FILE_PROPERTIES = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
_FIXED = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0xA: 4, 0xB: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_VARIABLE = frozenset({0x0D, 0x1E, 0x1F, 0x102})
_BODY_TEXT, _BODY_HTML, _LONG_NAME, _CONTENT = 0x1000, 0x1013, 0x3707, 0x3701


@dataclass(slots=True)
class Held:
    """A file in the envelope."""

    name: str = ""
    data: bytes = b""


@dataclass(slots=True)
class Envelope:
    """What an envelope holds."""

    text: str = ""
    files: list[Held] = field(default_factory=list)


def is_envelope(data: bytes) -> bool:
    """Whether the bytes begin as one."""
    return data[:4] == SIGNATURE.to_bytes(4, "little")


def opened(data: bytes) -> Envelope:
    """What can be read of the envelope."""
    envelope = Envelope()
    page = "cp936"
    for kind, value in _attributes(data):
        if kind == _CODEPAGE and len(value) >= 4:
            page = f"cp{int.from_bytes(value[:4], 'little')}"
        elif kind == _BODY:
            envelope.text = envelope.text or _said(value, page)
        elif kind == _PROPERTIES:
            envelope.text = envelope.text or _body(value, page)
        elif kind == _BEGIN and len(envelope.files) < MOST_FILES:
            envelope.files.append(Held())
        elif envelope.files:
            _into(envelope.files[-1], kind, value, page)
    return envelope


def _into(held: Held, kind: int, value: bytes, page: str) -> None:
    if kind == _TITLE:
        held.name = held.name or _said(value, page)
    elif kind == _DATA:
        held.data = value
    elif kind == _FILE_PROPERTIES:
        found = dict(_properties(value))
        if _LONG_NAME in found:
            held.name = _string(found[_LONG_NAME], page) or held.name


def _body(value: bytes, page: str) -> str:
    found = dict(_properties(value))
    if _BODY_TEXT in found:
        return _string(found[_BODY_TEXT], page)
    if _BODY_HTML in found:
        return plain(_string(found[_BODY_HTML], page))
    return ""


def _string(found: tuple[int, bytes], page: str) -> str:
    kind, value = found
    if kind == 0x1F:
        return value.decode("utf-16-le", "replace").rstrip("\0")
    return _said(value, page)


def _said(value: bytes, page: str) -> str:
    return decoded(value.rstrip(b"\0"), page)


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 6 if is_envelope(data) else len(data)
    for _count in range(MOST_ATTRIBUTES):
        if at + 9 > len(data):
            return
        kind, size = struct.unpack_from("<II", data, at + 1)
        yield kind, data[at + 9 : at + 9 + size]
        at += 9 + size + 2


def _properties(data: bytes) -> Iterator[tuple[int, tuple[int, bytes]]]:
    """Property id, type and value; stops where the bytes make no sense."""
    at = 4
    for _count in range(MOST_PROPERTIES):
        if at + 4 > len(data):
            return
        kind, name = struct.unpack_from("<HH", data, at)
        at += 4
        if name >= 0x8000:
            at = _past_name(data, at)
        several = bool(kind & 0x1000)
        kind &= 0x0FFF
        count = 1
        if several or kind in _VARIABLE:
            count, at = _number(data, at), at + 4
        if kind not in _VARIABLE and kind not in _FIXED:
            return
        if count > MOST_PROPERTIES:
            return
        for _value in range(count):
            size = _FIXED.get(kind, 0)
            if not size:
                size, at = _number(data, at), at + 4
            yield name, (kind, data[at : at + size])
            at += size + -size % 4


def _past_name(data: bytes, at: int) -> int:
    """Behind the name of a named property."""
    at += 16
    if _number(data, at) == 0:
        return at + 8
    size = _number(data, at + 4)
    return at + 8 + size + -size % 4


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "little")
