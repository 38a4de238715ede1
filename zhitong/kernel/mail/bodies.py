"""Undoing the transfer encoding of a part (RFC 2045), also where it came damaged."""

import binascii
import re

_BASE64 = re.compile(rb"[A-Za-z0-9+/=\s]*")
_BLANKS = b" \t\n\r\x0b\x0c"
_PADDING = re.compile(rb"=+")
_MOST_BLOCKS = 100


def transferred(body: bytes, encoding: str) -> bytes:
    """The bytes that were sent. Never raises: what cannot be undone stays as it came."""
    match encoding.strip().lower():
        case "base64" | "b":
            return base64(body)
        case "quoted-printable" | "quotedprintable" | "q":
            return binascii.a2b_qp(body)
        case _:
            return body


def base64(data: bytes) -> bytes:
    """Base 64 without padding, cut short, joined or with a footer below; else ``data`` itself."""
    found = _BASE64.match(data)
    end = found.end() if found else 0
    if end < len(data):  # something was written below it: it begins on a line of its own
        end = data.rfind(b"\n", 0, end) + 1
    letters = data[:end].translate(None, _BLANKS)
    if not letters:
        return b"" if not data.strip() else data
    return b"".join(map(_block, _PADDING.split(letters, maxsplit=_MOST_BLOCKS)))


def _block(letters: bytes) -> bytes:
    whole = letters.replace(b"=", b"")
    if len(whole) % 4 == 1:
        whole = whole[:-1]
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))
