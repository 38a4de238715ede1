"""Mails written by hand: what senders, gateways and attackers have really produced."""

import base64

from zhitong.kernel.mail.placing import Spot, Standing
from zhitong.kernel.mail.tests.corpus import Case
from zhitong.kernel.mail.tests.crafting import multipart, part
from zhitong.kernel.mail.tests.world import HOST, MATTERS

KNOWN = MATTERS[0]
UTF8 = ("utf-8", "utf-8")
FROM = b"From: a@b.example\n"
TEXT = "路灯不亮"
GBK = TEXT.encode("gbk")


def _new(name: str, raw: bytes, words: str = TEXT) -> Case:
    return Case(name, raw, Spot.NEW, standing=Standing.OWN, words=words)


def _bin(name: str, raw: bytes) -> Case:
    return Case(name, raw, Spot.BIN)


def _own(name: str, raw: bytes, spot: Spot = Spot.THREAD) -> Case:
    return Case(name, raw, spot, KNOWN.id, Standing.OWN)


def _other(name: str, raw: bytes, spot: Spot = Spot.CODE) -> Case:
    return Case(name, raw, spot, KNOWN.id)


B64 = base64.b64encode(TEXT.encode())
PLAIN = part(TEXT, "text/plain", UTF8, "base64")
HTML = part(f"<p>{TEXT}</p>", "text/html", UTF8, "base64")
FORGED = f'From: "{KNOWN.address}" <evil@x.example>\nIn-Reply-To: <{KNOWN.sent}>\n\n{TEXT}'
ENCODED = base64.b64encode(f"{KNOWN.address} <{KNOWN.address}>".encode()).decode()
HIDDEN = f"From: =?utf-8?B?{ENCODED}?= <evil@x.example>\nIn-Reply-To: <{KNOWN.sent}>\n\n{TEXT}"

NASTY = [
    _bin("nothing", b""),
    _bin("only line ends", b"\r\n\r\n\r\n"),
    _bin("only headers", FROM + b"Subject: x"),
    _bin("no sender", b"Subject: x\n\nhello"),
    _bin("sender without an address", b"From: nobody\n\nhello"),
    _bin("words without any header", "你好，路灯不亮".encode()),
    _bin("nothing but zeros", b"\0" * 4096),
    _new("no blank line", FROM + b"Subject: x\n" + TEXT.encode()),
    _new("old line ends", (FROM + b"\n" + TEXT.encode()).replace(b"\n", b"\r")),
    _new("line ends doubled", (FROM + b"\n" + TEXT.encode()).replace(b"\n", b"\r\r\n")),
    _new("mailbox line above", b"From a@b Sat Jan 1 2026\n" + FROM + b"\n" + TEXT.encode()),
    _new(
        "raw GBK everywhere", b"From: " + GBK + b" <a@b.example>\nSubject: " + GBK + b"\n\n" + GBK
    ),
    _new(
        "base64 without padding", FROM + b"Content-Transfer-Encoding: base64\n\n" + B64.rstrip(b"=")
    ),
    _new(
        "base64 with a footer",
        FROM + b"Content-Transfer-Encoding: BASE64\n\n" + B64 + b"\n-- list footer: x\n",
    ),
    _new("base64 that is none", FROM + b"Content-Transfer-Encoding: base64\n\n" + TEXT.encode()),
    _new(
        "base64 joined",
        FROM + b"Content-Transfer-Encoding: base64\n\n" + base64.b64encode(b"ab1!") + B64,
        "ab1!" + TEXT,
    ),
    _new(
        "broken quoted-printable",
        FROM + b"Content-Transfer-Encoding: quoted-printable\n\na=ZZb=",
        "a=ZZb",
    ),
    _new(
        "unknown transfer encoding", FROM + b"Content-Transfer-Encoding: x-own\n\n" + TEXT.encode()
    ),
    _new(
        "boundary that never comes",
        FROM + b"Content-Type: multipart/mixed; boundary=zz\n\n" + TEXT.encode(),
    ),
    _new("multipart without boundary", FROM + b"Content-Type: multipart/mixed\n\n" + TEXT.encode()),
    _new(
        "same boundary inside",
        FROM + multipart("mixed", "b", [multipart("mixed", "b", [PLAIN])]),
        "",
    ),
    _new("boundary with signs", FROM + multipart("mixed", "(.*)+[a]?", [PLAIN])),
    _new(
        "empty plain beside HTML",
        FROM + multipart("alternative", "b", [b"Content-Type: text/plain\n\n \n", HTML]),
    ),
    _new("content type nonsense", FROM + b"Content-Type: ;;;=\n\n" + TEXT.encode()),
    _new(
        "charset is a bomb",
        FROM + b"Content-Type: text/plain; charset=zlib_codec\n\n" + TEXT.encode(),
    ),
    _new(
        "charset is idna", FROM + b"Content-Type: text/plain; charset=punycode\n\n" + TEXT.encode()
    ),
    _new("charset is a number", FROM + b"Content-Type: text/plain; charset=936\n\n" + GBK),
    _new(
        "marked UTF-8",
        FROM + b"Content-Type: text/plain; charset=gbk\n\n\xef\xbb\xbf" + TEXT.encode(),
    ),
    _new(
        "unicom",
        FROM + b"Content-Type: text/plain; charset=gb2312\n\n" + "联通".encode("gbk"),
        "联通",
    ),
    _new("HZ", FROM + b"Content-Type: text/plain; charset=hz-gb-2312\n\n" + TEXT.encode("hz")),
    _new(
        "HTML number bomb", FROM + b"Content-Type: text/html\n\n<p>ok &#" + b"9" * 6000 + b";", "ok"
    ),
    _new(
        "HTML script",
        FROM + b"Content-Type: text/html\n\n<script>x</script >a<img src=x onerror=y>b",
        "a b",
    ),
    _new(
        "HTML link",
        FROM
        + b'Content-Type: text/html\n\n<a href="javascript:x">a</a> <a href="https://c.cn/">b</a>',
        "a b <https://c.cn/>",
    ),
    _new(
        "HTML comment left open", FROM + b"Content-Type: text/html\n\nseen<!-- never closed", "seen"
    ),
    _new(
        "HTML with a quote left open",
        FROM + b'Content-Type: text/html\n\n<p class="x>a</p>b',
        "a b",
    ),
    _new("ten thousand parts", FROM + multipart("mixed", "b", [PLAIN, *[b"\n"] * 10_000])),
    _new(
        "deeper than anybody",
        FROM
        + b"".join(
            f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n".encode() for n in range(9)
        )
        + PLAIN,
    ),
    _new("huge header", FROM + b"X-Long: " + b"a" * 3_000_000 + b"\n\n" + TEXT.encode()),
    _new("thousand headers", FROM + b"X-A: b\n" * 20_000 + b"\n" + TEXT.encode()),
    _new("two senders", b"From: a@b.example, c@d.example\nFrom: e@f.example\n\n" + TEXT.encode()),
    _new(
        "forwarded",
        FROM
        + f"Subject: Fwd: x\n\n---------- Forwarded message ---------\nFrom: c@d\n{TEXT}".encode(),
        "",
    ),
    _new("somebody else's id", FROM + f"In-Reply-To: <nobody@{HOST}>\n\n{TEXT}".encode()),
    _new("half a tracking code", FROM + f"Subject: {KNOWN.tracking[:14]}\n\n{TEXT}".encode()),
    _new("staff code within a number", FROM + f"Subject: 1{KNOWN.staff}\n\n{TEXT}".encode()),
    _new("precedence normal", FROM + b"Precedence: normal\nAuto-Submitted: no\n\n" + TEXT.encode()),
    _own(
        "answers below",
        f"From: {KNOWN.address}\nIn-Reply-To: <{KNOWN.sent}>\n\n> old\n{TEXT}".encode(),
    ),
    _own(
        "header in capitals",
        f"FROM: {KNOWN.address}\nIN-REPLY-TO: <{KNOWN.sent}>\n\n{TEXT}".encode(),
    ),
    _own(
        "references folded",
        f"From: {KNOWN.address}\nReferences: <a@b>\n <{KNOWN.sent}>\n\t<c@d>\n\n{TEXT}".encode(),
    ),
    _own(
        "references without blanks",
        f"From: {KNOWN.address}\nReferences: <a@b><{KNOWN.sent}>\n\n{TEXT}".encode(),
    ),
    _own(
        "a thousand references",
        f"From: {KNOWN.address}\nReferences: {'<x@y> ' * 1000}<{KNOWN.sent}>\n\n{TEXT}".encode(),
    ),
    _own(
        "tracking with O and I",
        FROM + f"Subject: {KNOWN.tracking.replace('0', 'o').replace('1', 'l')}\n\n{TEXT}".encode(),
        Spot.CODE,
    ),
    _own(
        "tracking before staff",
        FROM + f"Subject: {MATTERS[3].staff} {KNOWN.tracking}\n\n{TEXT}".encode(),
        Spot.CODE,
    ),
    _own(
        "tracking in a link",
        FROM + f"\n{TEXT} https://zt.example/t/{KNOWN.tracking}?x".encode(),
        Spot.CODE,
    ),
    _other("the name poses as the address", FORGED.encode(), Spot.THREAD),
    _other("the encoded name poses", HIDDEN.encode(), Spot.THREAD),
    _other(
        "staff code in full width",
        FROM + f"\n{TEXT} {KNOWN.staff.translate({45: 0xFF0D})}".encode(),
    ),
    _bin(
        "answers with nothing",
        f"From: {KNOWN.address}\nIn-Reply-To: <{KNOWN.sent}>\n\n> old\n> older".encode(),
    ),
    _bin(
        "null path and failure",
        b"Return-Path: <>\nFrom: x@y.example\nSubject: failure notice\n\nsorry",
    ),
    _bin(
        "read receipt",
        FROM
        + multipart("report", "r", [PLAIN]).replace(
            b"report;", b"report; report-type=disposition-notification;"
        ),
    ),
    _bin("newsletter", FROM + b"List-Unsubscribe: <mailto:x@y>\n\nbuy"),
    _bin("our own domain's id", FROM + f"Message-ID: <zz@{HOST.upper()}>\n\nround we go".encode()),
]
