"""Telling what somebody wrote from what their mail program put below it.

Nothing is thrown away: what is cut off is handed back beside the words. Each line is looked at
once, by its first characters only.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

LOOKED_AT = 300
_FENCE = re.compile(
    r"\s{0,20}[>＞]{0,3}\s{0,5}[-—_=*]{2,60}\s{0,5}"
    r"(?:原始邮件|原邮件|邮件原件|回复的原邮件|原始郵件|转发邮件信息|转发的邮件|转发邮件|轉寄的郵件|"
    r"Original Message|Forwarded message|Replied Message|Forwarded by|Original Mail|"
    r"Original|Forwarded Message)(?:\s[^-—_=*]{0,80}|\s{0,5})[-—_=*]{0,60}\s{0,20}\Z",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\s{0,20}\*{0,2}(?:发件人|寄件者|寄件人|發件人|From|Von|De)\*{0,2}\s{0,5}[:：]\s{0,5}\*{0,2}\s{0,5}\S",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\s{0,20}\*{0,2}(?:发送时间|发送日期|日期|时间|收件人|抄送|主题|主旨|收件者|傳送時間|寄件日期|收件日期|"
    r"Sent|Date|To|Cc|Subject)\*{0,2}\s{0,5}[:：]",
    re.IGNORECASE,
)
_WROTE = re.compile(
    r"\s{0,20}(?:(?:On|At|Am|Le)\s.{4,250}(?:wrote|schrieb|a écrit)\s{0,3}[:：]?|"
    r".{0,200}(?:\d|@|[<＜]).{0,200}(?:写道|寫道|写到)\s{0,3}[:：]?)\s{0,20}\Z",
    re.IGNORECASE,
)
_WROTE_BEGINS = re.compile(
    r"\s{0,20}(?:On|At)\s.{4,200}|\s{0,20}[在于]\s?\d{4}.{0,200}", re.IGNORECASE
)
_SIGNED = re.compile(
    r"\s{0,20}(?:发自(?:我的|网易|QQ|[A-Za-z]).{0,40}|Sent from .{1,60}|Get Outlook for .{1,40}|"
    r"获取 ?Outlook .{1,40}|从 ?(?:Windows|我的).{0,30}(?:邮件|发送).{0,20}|"
    r"Verzonden .{1,40}|来自我的.{1,30})\s{0,20}\Z",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"\s{0,10}[>＞]")


@dataclass(frozen=True, slots=True)
class Cut:
    """One text in three: what was written, how it was signed, what it answers."""

    words: str
    signature: str
    quoted: str


def cut(text: str) -> Cut:
    """``text`` taken apart. Joined again in any order, no line is missing."""
    lines = text.split("\n")
    end = _fence(lines)
    fresh, quoted = _unquoted(lines[:end])
    fresh, signature = _unsigned(fresh)
    return Cut(_joined(fresh), _joined(signature), _joined([*quoted, *lines[end:]]))


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(lines).strip("\n").rstrip()


def _fence(lines: Sequence[str]) -> int:
    """Where a program says that an older mail begins; the number of lines if it does not."""
    for at, line in enumerate(lines):
        head = line[:LOOKED_AT]
        if _FENCE.match(head):
            return at
        if _FROM.match(head):
            more = sum(bool(_MORE.match(below[:LOOKED_AT])) for below in lines[at + 1 : at + 7])
            if more >= 2:
                ruled = at and re.fullmatch(
                    r"\s{0,20}[-_]{5,200}\s{0,20}", lines[at - 1][:LOOKED_AT]
                )
                return at - 1 if ruled else at
    return len(lines)


def _unquoted(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """Lines written, and lines that answer to somebody: marked ones, and who wrote them."""
    fresh: list[str] = []
    quoted: list[str] = []
    at = 0
    while at < len(lines):
        taken = _wrote(lines, at)
        if taken and not any(_QUOTE.match(line) for line in _next_said(lines, at + taken)):
            return fresh, [*quoted, *lines[at:]]  # nothing is marked: all below is older
        if taken or _QUOTE.match(lines[at]):
            quoted.extend(lines[at : at + max(taken, 1)])
        else:
            fresh.append(lines[at])
        at += max(taken, 1)
    return fresh, quoted


def _wrote(lines: Sequence[str], at: int) -> int:
    """How many lines say "on such a day somebody wrote:" here; mostly none."""
    if _WROTE.match(lines[at][:LOOKED_AT]) and len(lines[at]) < LOOKED_AT:
        return 1
    if _WROTE_BEGINS.match(lines[at][:LOOKED_AT]):
        for count in (2, 3):
            if _WROTE.match(" ".join(lines[at : at + count])[: 2 * LOOKED_AT]):
                return count
    return 0


def _next_said(lines: Sequence[str], at: int) -> list[str]:
    """The next line that is not blank, looking a few lines ahead."""
    return [line for line in lines[at : at + 4] if line.strip()][:1]


def _unsigned(lines: list[str]) -> tuple[list[str], list[str]]:
    """Cut at the sign "-- ", or at the line that a phone puts last."""
    last = max((at for at, line in enumerate(lines) if line.strip()), default=-1)
    for at in range(max(0, last - 15), last + 1):
        if lines[at].rstrip("\r") in ("-- ", "--") or (
            at >= last - 1 and _SIGNED.match(lines[at][:LOOKED_AT])
        ):
            return lines[:at], lines[at:]
    return lines, []
