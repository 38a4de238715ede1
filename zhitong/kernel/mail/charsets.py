"""Reading bytes as text when the label may be missing, wrong or hostile.

Only encodings of ordinary text are known: a label can neither unpack (zlib), nor run for long
(punycode), nor be refused. What cannot be read becomes U+FFFD, later shown as ``UNREADABLE``.
"""

import codecs
import re

UNREADABLE = "□"
MOST_MARKS = 8
_GB = "gb18030"  # GB 18030-2005 holds all of GB 2312 and GBK
_LATIN = "windows-1252"
_KNOWN = frozenset(
    [
        "utf-8",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "utf-32-le",
        "utf-32-be",
        "utf-7",
        "big5",
        "big5hkscs",
        "hz",
        "euc_jp",
        "shift_jis",
        "cp932",
        "iso2022_jp",
        "euc_kr",
        "cp949",
        "koi8-r",
        "koi8-u",
        "tis-620",
        "gb18030",
        "gbk",
        "gb2312",
        "cp1250",
        "cp1251",
        "cp1253",
        "cp1254",
        "cp1255",
        "cp1256",
        "cp1257",
        "cp1258",
    ]
) | {f"iso8859-{number}" for number in range(2, 17)}
_VAGUE = frozenset({"ascii", "iso8859-1", "cp1252", ""})
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CHINESE = re.compile("[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef‘’“”—…·]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_BROKEN = re.compile(
    "[\ud800-\udfff\ufffd\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
    + "]+"
)
_PILED = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{8})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)


def decoded(data: bytes, label: str = "") -> str:
    """``data`` as text, by its marks, then its label if that fits, then what it looks like."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    name = encoding(label)
    if name not in {"hz", "utf-7", "iso2022_jp"} and data.isascii() and not _wide(name):
        return data.decode("ascii")
    if name in {_GB, "big5", "big5hkscs"} and (better := _utf8_after_all(data)):
        return better
    if name and name not in _VAGUE and (strict := _strict(data, name)) is not None:
        return strict
    return _guessed(data, name)


def encoding(label: str) -> str:
    """The encoding that a label means, or '' when it names none of ordinary text."""
    plain = label.strip(" \t\"'").lower()[:40]
    if plain.startswith(("gb", "cp936", "ms936", "936", "x-gb", "chinese", "windows-936")):
        return _GB
    if plain.startswith("hz"):
        return "hz"
    try:
        name = codecs.lookup(plain).name if plain.isascii() else ""
    except (LookupError, ValueError, UnicodeError):
        return ""
    return name if name in _KNOWN | _VAGUE else ""


def tidy(text: str) -> str:
    """Text as ``clean_text`` takes it: nothing invisible, UNREADABLE where bytes were lost."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _BROKEN.sub(UNREADABLE, _CONTROLS.sub("", text))
    return _PILED.sub(r"\1", text)


def _wide(name: str) -> bool:
    return name.startswith(("utf-16", "utf-32"))


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeError, ValueError):
        return None


def _utf8_after_all(data: bytes) -> str:
    """UTF-8 under a Chinese label; '' unless it reads as Chinese (GBK 联通 is valid UTF-8 too)."""
    text = _strict(data, "utf-8")
    if text is None:
        return ""
    foreign = sum(not char.isascii() for char in text)
    return text if len(_CHINESE.findall(text)) * 2 >= foreign else ""


def _guessed(data: bytes, name: str) -> str:
    """UTF-8 if it is, or nearly is; then Chinese if it looks so; then what the label said."""
    text = _strict(data, "utf-8")
    if text is not None:
        return text
    torn = data.decode("utf-8", "replace")
    foreign = sum(not char.isascii() for char in torn)
    if torn.count("\ufffd") * 5 <= foreign:
        return torn
    if _looks_chinese(data):
        return data.decode(_GB, "replace")
    return data.decode(name if name and name not in {*_VAGUE, "utf-8"} else _LATIN, "replace")


def _looks_chinese(data: bytes) -> bool:
    """Whether most of what is not ASCII is a character of GB 2312, the everyday ones."""
    text = data.decode("gb2312", "replace")
    lost = text.count("\ufffd")
    return lost * 3 <= sum(not char.isascii() for char in text) - lost
