"""Crafted mails, each with the place where it must end. The seed makes them the same every time."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from zhitong.kernel.mail.placing import Spot, Standing
from zhitong.kernel.mail.tests import crafting
from zhitong.kernel.mail.tests.crafting import Crafted
from zhitong.kernel.mail.tests.world import HOST, MATTERS, OWN, Known

SHAPES = ("plain", "html", "alternative", "open", "mixed", "nested", "winmail")
WORDS = (
    "村口的路灯坏了三天，晚上很黑。",
    "请问身份证换证要带什么材料？\n谢谢。",
    "楼下施工到半夜，孩子睡不着觉。\n\n希望有人来看看。",
    "你好，昨天说的事已经解决，谢谢王警官。",
)
OLD = "这是上一封信里的话"
BELOW = (
    "",
    f'------------------ 原始邮件 ------------------\n发件人: "直通" <{OWN}>;\n{OLD}',
    f"发件人: 直通\n发送时间: 2026年3月1日 10:00\n收件人: 张三\n主题: 回复\n\n{OLD}",
    f'在 2026-03-01 10:00:00，"直通" <{OWN}> 写道：\n{OLD}',
    f"直通 <{OWN}> 于2026年3月1日周日 10:00写道：\n\n> {OLD}\n> 第二行",
    f"On Sun, 1 Mar 2026 at 10:00, 直通 <{OWN}>\nwrote:\n\n> {OLD}",
    f"-----Original Message-----\nFrom: x\nSent: y\nTo: z\n\n{OLD}",
    f"发自我的iPhone\n\n----- 原始邮件 -----\n{OLD}",
)


@dataclass(frozen=True)
class Case:
    """One mail and where it must end; ``words`` must be all that was said, if not empty."""

    name: str
    raw: bytes
    spot: Spot
    matter: str = ""
    standing: Standing = Standing.OTHER
    words: str = ""


def generated(count: int, seed: int = 20260301) -> Iterator[Case]:
    """``count`` mails, each scenario in turn, everything else drawn."""
    dice = random.Random(seed)
    for number in range(count):
        scenario = SCENARIOS[number % len(SCENARIOS)]
        yield scenario(dice, f"{scenario.__name__.strip('_')}-{number}")


def _drawn(dice: random.Random, **more) -> Crafted:
    shape = dice.choice(SHAPES)
    charset = dice.choice(crafting.CHARSETS)
    way = "base64" if charset[1] == "utf-16" else dice.choice(crafting.WAYS)
    headers = [("Message-ID", f"<{dice.getrandbits(64):x}@mail.example>"), *more.pop("headers", [])]
    drawn = {
        "words": dice.choice(WORDS),
        "charset": charset if charset[1] != "utf-16" else ("utf-8", "utf-8"),
        "way": way,
        "shape": shape,
        "word_style": dice.choice(("b", "q", "cut") if charset[0] != "" else ("raw", "b")),
        "end": dice.choice(("\r\n", "\n")),
    }
    return Crafted(**{**drawn, **more}, headers=headers)


def _case(name: str, mail: Crafted, spot: Spot, known: Known | None = None, *, own=False) -> Case:
    standing = Standing.OWN if own else Standing.OTHER
    said = mail.words if spot is not Spot.BIN else ""
    return Case(name, crafting.raw(mail), spot, known.id if known else "", standing, said)


def _answer(dice, known: Known) -> list[tuple[str, str]]:
    """Headers of an answer: to what we sent or to what they sent, direct or further up."""
    reference = dice.choice((known.sent, known.received))
    others = f"<other.{dice.randrange(99)}@x.example>"
    return [
        dice.choice(
            (
                ("In-Reply-To", f"<{reference}>"),
                ("References", f"{others} <{reference}>\n\t{others}"),
                ("references", f"<{reference}>{others}"),
            )
        )
    ]


def _thread_own(dice, name):
    known = dice.choice(MATTERS)
    mail = _drawn(
        dice,
        sender=known.address.upper() if dice.random() < 0.3 else known.address,
        subject="Re: 您的事项",
        below=dice.choice(BELOW),
        headers=_answer(dice, known),
    )
    return _case(name, mail, Spot.THREAD, known, own=True)


def _thread_other(dice, name):
    known = dice.choice(MATTERS)
    mail = _drawn(dice, below=dice.choice(BELOW), headers=_answer(dice, known))
    return _case(name, mail, Spot.THREAD, known)


def _thread_before_code(dice, name):
    known, other = dice.sample(MATTERS, 2)
    mail = _drawn(
        dice, sender=known.address, subject=f"事项 {other.staff}", headers=_answer(dice, known)
    )
    return _case(name, mail, Spot.THREAD, known, own=True)


def _tracking(dice, name):
    known = dice.choice(MATTERS)
    code = dice.choice((known.tracking, known.tracking.lower(), known.tracking.replace("-", "－")))
    if dice.random() < 0.5:
        mail = _drawn(dice, subject=f"补充 {code}")
    else:
        mail = _drawn(dice, words=f"我的编号是{code}，请看。")
    return _case(name, mail, Spot.CODE, known, own=True)


def _tracking_quoted(dice, name):
    known = dice.choice(MATTERS)
    below = f"----- 原始邮件 -----\nhttps://zt.example/t/{known.tracking}\n{OLD}"
    return _case(name, _drawn(dice, below=below), Spot.CODE, known, own=True)


def _staff(dice, name):
    """Even from the matter's own address: that can be forged, and the code is no secret."""
    known = dice.choice(MATTERS)
    sender = dice.choice((known.address, "stranger@elsewhere.example"))
    mail = _drawn(dice, sender=sender, subject=f"关于[{known.staff}]")
    return _case(name, mail, Spot.CODE, known)


def _new(dice, name):
    return _case(name, _drawn(dice), Spot.NEW, own=True)


def _new_unknown_code(dice, name):
    mail = _drawn(
        dice, subject="ZZZZ-ZZZZ-ZZZZ-ZZZZ 和 YYYY-YYYY", headers=[("In-Reply-To", "<no@where>")]
    )
    return _case(name, mail, Spot.NEW, own=True)


def _automatic(dice, name):
    known = dice.choice(MATTERS)
    mark = dice.choice(
        (
            ("Auto-Submitted", "auto-replied"),
            ("Auto-Submitted", "auto-generated; owner-email=x"),
            ("X-Autoreply", "yes"),
            ("X-Autorespond", "away"),
            ("Precedence", "auto_reply"),
            ("Precedence", "bulk"),
            ("List-Id", "<news.example>"),
            ("X-Zhitong-Loop", HOST),
        )
    )
    return _case(
        name, _drawn(dice, sender=known.address, headers=[*_answer(dice, known), mark]), Spot.BIN
    )


def _away(dice, name):
    subject = dice.choice(
        ("自动回复：出差中", "Automatic reply: away", "回复: 自动答复: 您好", "Out of Office: x")
    )
    return _case(name, _drawn(dice, subject=subject), Spot.BIN)


def _bounced(dice, name):
    known = dice.choice(MATTERS)
    report = b"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
    report += b"Final-Recipient: rfc822; gone@mail.example\nAction: failed\nStatus: 5.1.1\n"
    copy = f"Content-Type: text/rfc822-headers\n\nMessage-ID: <{known.sent}>\n".encode()
    text = b"Content-Type: text/plain\n\nNo such user here.\n"
    whole = crafting.multipart("report", "r", [text, report, copy])
    whole = whole.replace(b"multipart/report;", b"multipart/report; report-type=delivery-status;")
    head = f"From: MAILER-DAEMON@mx.example\nSubject: =?gbk?B?zcvQxQ==?=\nX-N: {dice.random()}\n"
    return Case(name, head.encode() + whole, Spot.BIN)


def _returned(dice, name):
    subject = dice.choice(
        ("系统退信/Returned mail", "Undelivered Mail Returned to Sender", "退信通知")
    )
    return _case(name, _drawn(dice, sender="postmaster@mail.example", subject=subject), Spot.BIN)


def _ourselves(dice, name):
    sender, id = dice.choice(((OWN, "x@y.example"), ("a@b.example", f"abc@{HOST}")))
    mail = _drawn(dice, sender=sender)
    mail.headers[0] = ("Message-ID", f"<{id}>")
    return _case(name, mail, Spot.BIN)


def _empty(dice, name):
    mail = _drawn(dice, words=dice.choice(("", " \n \n", "发自我的iPhone")), shape="plain")
    return _case(name, mail, Spot.BIN)


SCENARIOS = (
    _thread_own, _thread_other, _thread_before_code, _tracking, _tracking_quoted, _staff, _new,
    _new_unknown_code, _automatic, _away, _bounced, _returned, _ourselves, _empty,
    _thread_own, _new,
)  # fmt: skip
