"""What sort of mail it is: somebody's words, or a machine's (RFC 3834, RFC 3464, RFC 8098)."""

import re
from collections.abc import Iterable

from zhitong.kernel.mail.headers import addresses, ids, line, parameters
from zhitong.kernel.mail.letter import Bounce, Kind
from zhitong.kernel.mail.mime import Part, take_apart

LOOP_HEADER = "x-zhitong-loop"
MOST_REPORTED = 20
_MACHINE = re.compile(
    r"(?:mailer-daemon|postmaster|mail-daemon|mailerdaemon|daemon|bounces?)@", re.IGNORECASE
)
_RETURNED = re.compile(
    r"退信|无法投递|投递失败|未能送达|邮件被退回|"
    r"undeliver|delivery (?:status|failure|has failed)|returned (?:mail|to sender)|"
    r"mail delivery failed|failure notice|could not be delivered|mail system error",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"(?:自动回复|自动答复|自動回覆|自动应答|外出自动|休假自动|automatic reply|"
    r"auto(?:matic)?[- ]?reply|"
    r"auto[- ]?response|autoreply|out of (?:the )?office|abwesenheit)",
    re.IGNORECASE,
)
_ANSWERING = re.compile(r"\A(?:\s|re:|回复[:：]|答复[:：]|【|\[){1,20}", re.IGNORECASE)
_ID_LINE = re.compile(rb"^message-id:\s{0,20}(<[^<>\s]{1,250}>)", re.IGNORECASE | re.MULTILINE)
_LOOKED_AT = 64 * 1024


def kind_of(part: Part, *, own: Iterable[str], host: str) -> tuple[Kind, str]:
    """The kind and why. ``own`` are our addresses, ``host`` the domain of our Message-IDs.

    EMPTY is not told here: it takes the text.
    """
    for judged, reason in (
        (Kind.LOOP, _loop(part, frozenset(own), host)),
        (Kind.BOUNCE, _bounce(part)),
        (Kind.AUTO_REPLY, _auto_reply(part)),
        (Kind.BULK, _bulk(part)),
    ):
        if reason:
            return judged, reason
    return Kind.WORD, ""


def wants_no_answer(part: Part) -> bool:
    """Whether a machine must not answer this: RFC 3834 §2, and Exchange's own header."""
    suppressed = line(part.header("x-auto-response-suppress")).lower()
    return (
        _null_path(part)
        or bool(re.search(r"\b(?:all|oof|autoreply)\b", suppressed))
        or _automatic(part) != ""
        or _bulk(part) != ""
        or any(_MACHINE.match(one) for one in _from(part))
        or any(re.match(r"(?:do-?)?no-?t?-?reply@", one) for one in _from(part))
    )


def _from(part: Part) -> tuple[str, ...]:
    return addresses(part.header("from"), most=1) or addresses(part.header("sender"), most=1)


def _null_path(part: Part) -> bool:
    return any(key == "return-path" and value.strip() == b"<>" for key, value in part.headers)


def _automatic(part: Part) -> str:
    value, _labels = parameters(part.header("auto-submitted"))
    return value if value and value != "no" else ""


def _loop(part: Part, own: frozenset[str], host: str) -> str:
    if host and line(part.header(LOOP_HEADER)).lower() == host.lower():
        return "our own mark came back"
    if any(
        one.rpartition("@")[2].lower() == host.lower() for one in ids(part.header("message-id"))
    ):
        return "our own Message-ID came back"
    return "from ourselves" if own & set(_from(part)) else ""


def _bounce(part: Part) -> str:
    if part.kind == "multipart/report":
        report = part.labels.get("report-type", "").lower()
        if report == "delivery-status" or (not report and _status(part) is not None):
            return "delivery report"
    if part.header("x-failed-recipients"):
        return "failed recipients named"
    machine = _null_path(part) or any(_MACHINE.match(one) for one in _from(part))
    if machine and _RETURNED.search(line(part.header("subject"))):
        return "returned by a mail system"
    return ""


def _auto_reply(part: Part) -> str:
    if value := _automatic(part):
        return f"Auto-Submitted: {value[:40]}"
    if part.kind == "multipart/report" and "disposition" in part.labels.get("report-type", ""):
        return "read receipt"
    for name in ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply-from"):
        if line(part.header(name)).lower() not in ("", "no", "false", "0"):
            return name
    if line(part.header("precedence")).lower() in ("auto_reply", "auto-reply"):
        return "Precedence"
    if _AWAY.match(_ANSWERING.sub("", line(part.header("subject")))):
        return "subject"
    return ""


def _bulk(part: Part) -> str:
    for name in ("list-id", "list-unsubscribe", "list-post", "feedback-id"):
        if part.header(name):
            return name
    precedence = line(part.header("precedence")).lower()
    return "Precedence" if precedence in ("bulk", "junk", "list") else ""


def _status(part: Part) -> Part | None:
    return next((one for one in part.leaves() if one.kind == "message/delivery-status"), None)


def bounce_of(part: Part, text: str) -> Bounce:
    """What a report says: of RFC 3464 if it is one, else what can be read from its words."""
    status = _status(part)
    fields = list(_report(status)) if status else []
    actions = {value.lower() for name, value in fields if name == "action"}
    code = next((value for name, value in fields if name == "status"), "")
    failed = [value for name, value in fields if name == "final-recipient"]
    failed.append(line(part.header("x-failed-recipients")))
    said = next((value for name, value in fields if name == "diagnostic-code"), "")
    found = [one for value in failed for one in addresses(value.encode("ascii", "replace"))]
    final = not actions & {"delayed", "delivered", "relayed", "expanded"} and code[:1] not in (
        "2",
        "4",
    )
    return Bounce(
        final=final or "failed" in actions,
        status=code[:20],
        recipients=tuple(dict.fromkeys(found))[:MOST_REPORTED],
        about=_about(part),
        reason=(said or text.strip().split("\n")[0])[:200],
    )


def _report(status: Part) -> Iterable[tuple[str, str]]:
    for block in status.data()[:_LOOKED_AT].split(b"\n\n")[: MOST_REPORTED + 1]:
        for name, value in take_apart(block + b"\n\n").headers:
            yield name, line(value)


def _about(part: Part) -> tuple[str, ...]:
    """Ids of the mail reported: from its copy or its head, or from the fields of the report."""
    found = [*ids(part.header("in-reply-to")), *ids(part.header("references"))]
    for leaf in part.leaves():
        looked = leaf.data()[:_LOOKED_AT] if leaf.kind != "text/html" else b""
        for raw in _ID_LINE.findall(looked)[:5]:
            found.extend(ids(raw))
    return tuple(dict.fromkeys(found))[:MOST_REPORTED]
