"""Putting mails into bytes in the many ways that mail programs do."""

import base64
import quopri
import struct
from dataclasses import dataclass, field

CHARSETS = (
    ("utf-8", "utf-8"),
    ("gb2312", "gb18030"),
    ("GBK", "gbk"),
    ("gb18030", "gb18030"),
    ("gb2312", "utf-8"),  # the label lies
    ("utf-8", "gbk"),  # the other way round
    ("iso-8859-1", "gbk"),
    ("", "gbk"),
    ("x-unknown", "utf-8"),
    ("zlib_codec", "utf-8"),
    ("utf-16", "utf-16"),
)
WAYS = ("base64", "quoted-printable", "8bit")


@dataclass
class Crafted:
    """A mail to be made."""

    sender: str = "stranger@elsewhere.example"
    subject: str = "路灯不亮"
    words: str = "村口的路灯坏了三天，晚上很黑。"
    below: str = ""
    charset: tuple[str, str] = ("utf-8", "utf-8")
    way: str = "base64"
    shape: str = "plain"
    word_style: str = "b"
    end: str = "\r\n"
    headers: list[tuple[str, str]] = field(default_factory=list)


def encoded(text: str, style: str, charset: tuple[str, str]) -> bytes:
    """A header's text: base 64 or Q words, raw bytes, or words cut within a character."""
    label, codec = charset
    data = text.encode(codec)
    if text.isascii():
        return text.encode()
    if style == "raw":
        return data
    name = (label or "gbk").encode()
    if style == "q":
        return b"=?" + name + b"?Q?" + b"".join(b"=%02X" % byte for byte in data) + b"?="
    pieces = [data] if style == "b" else [data[at : at + 7] for at in range(0, len(data), 7)]
    return b"\r\n ".join(b"=?" + name + b"?B?" + base64.b64encode(one) + b"?=" for one in pieces)


def _transferred(data: bytes, way: str) -> bytes:
    if way == "base64":
        return base64.encodebytes(data)
    return quopri.encodestring(data) if way == "quoted-printable" else data


def part(text: str, kind: str, charset: tuple[str, str], way: str, extra: bytes = b"") -> bytes:
    """One part with its own head."""
    label, codec = charset
    typed = f'{kind}; charset="{label}"' if label else kind
    head = f"Content-Type: {typed}\nContent-Transfer-Encoding: {way}\n".encode()
    return head + extra + b"\n" + _transferred(text.encode(codec), way)


def page(text: str) -> str:
    """The same words as HTML."""
    shown = text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>\n")
    style = "<style>p{color:red}</style><script>alert('x<b>')</script>"
    return f"<html><head>{style}</head><body><div>{shown}</div></body></html>"


def multipart(kind: str, boundary: str, pieces: list[bytes], *, closed: bool = True) -> bytes:
    """Parts joined by a boundary; left open at the end when the mail was cut."""
    fence = b"--" + boundary.encode()
    joined = b"".join(fence + b"\n" + one + b"\n" for one in pieces)
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\n\n'.encode()
    return head + b"This is a multi-part message.\n" + joined + (fence + b"--\n" if closed else b"")


def envelope(text: str, files: dict[str, bytes]) -> bytes:
    """A winmail.dat with a body in code page 936."""

    def attribute(level: int, kind: int, value: bytes) -> bytes:
        size = struct.pack("<BII", level, kind, len(value))
        return size + value + struct.pack("<H", sum(value) & 0xFFFF)

    made = struct.pack("<IH", 0x223E9F78, 1) + attribute(1, 0x00069007, struct.pack("<II", 936, 0))
    made += attribute(1, 0x0002800C, text.encode("gbk") + b"\0")
    for name, data in files.items():
        made += attribute(2, 0x00069002, b"\0" * 14)
        made += attribute(2, 0x00018010, name.encode("gbk") + b"\0")
        made += attribute(2, 0x0006800F, data)
    return made


def body(mail: Crafted) -> bytes:
    """Head lines about the content, a blank line and the content."""
    text = mail.words + (f"\n\n{mail.below}" if mail.below else "")
    plain = part(text, "text/plain", mail.charset, mail.way)
    html = part(page(text), "text/html", mail.charset, mail.way)
    file = b'Content-Type: image/jpeg; name="p.jpg"\nContent-Transfer-Encoding: base64\n'
    file += b"Content-Disposition: attachment; filename*=gbk''%D5%D5%C6%AC.jpg\n\n/9j/4AAQ\n"
    match mail.shape:
        case "html":
            return html
        case "alternative":
            return multipart("alternative", "=_a", [plain, html])
        case "open":
            return multipart("alternative", "=_a", [plain, html], closed=False)
        case "mixed":
            return multipart("mixed", "m", [plain, file])
        case "nested":
            inner = multipart("alternative", "mm", [plain, html])
            return multipart("mixed", "m", [multipart("related", "m-r", [inner, file]), file])
        case "winmail":
            data = base64.encodebytes(envelope(text, {"照片.jpg": b"\xff\xd8"}))
            head = b'Content-Type: application/ms-tnef; name="winmail.dat"\n'
            return multipart("mixed", "w", [head + b"Content-Transfer-Encoding: base64\n\n" + data])
        case _:
            return plain


def raw(mail: Crafted) -> bytes:
    """The whole mail."""
    head = [
        b"From: " + encoded("张三", mail.word_style, mail.charset) + f" <{mail.sender}>".encode(),
        b"To: say@zhitong.example",
        b"Subject: " + encoded(mail.subject, mail.word_style, mail.charset),
        *(f"{name}: {value}".encode() for name, value in mail.headers),
    ]
    whole = b"\n".join(head) + b"\nMIME-Version: 1.0\n" + body(mail)
    if mail.end == "\n":
        return whole.replace(b"\r\n", b"\n")
    return whole.replace(b"\r\n", b"\n").replace(b"\n", mail.end.encode())
