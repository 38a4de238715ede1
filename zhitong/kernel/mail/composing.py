"""Writing a mail of ours: plain text, safe headers, an id that nobody can guess."""

from base64 import encodebytes
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.utils import format_datetime

from zhitong.kernel.crypto.index import blind_index
from zhitong.kernel.mail.charsets import tidy
from zhitong.kernel.mail.headers import addresses
from zhitong.kernel.text.output import header_safe

MOST_REFERENCES = 20
LONGEST_SUBJECT = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """A mail before it is put into bytes. ``automatic`` is '' only for what a person wrote."""

    id: str
    sender: str
    sender_name: str
    to: str
    subject: str
    text: str
    at: datetime
    host: str
    in_reply_to: str = ""
    references: Sequence[str] = ()
    automatic: str = "auto-generated"


def message_id(row: str, host: str) -> str:
    """The id of the mail with that row: always the same, and without the key nobody's guess."""
    return f"{blind_index(row, purpose='mail.message_id')[:40]}@{host}"


def address(typed: str) -> str:
    """One plain address, or '' when it is not exactly that."""
    found = addresses(typed.encode("utf-8", "replace"), most=2)
    return typed.lower() if found == (typed.lower(),) and len(typed) <= 254 else ""


def composed(draft: Draft) -> bytes:
    """The mail as it goes over the wire (RFC 5322, RFC 2047). Raises ValueError for no address.

    Fields are put together here, because the standard library folds and encodes long ids.
    """
    to, sender = address(draft.to), address(draft.sender)
    if not to or not sender:
        raise ValueError("a mail goes from one address to another")
    fields = {
        "From": f"{_encoded(draft.sender_name)} <{sender}>",
        "To": f"<{to}>",
        "Subject": _encoded(draft.subject[:LONGEST_SUBJECT]),
        "Date": format_datetime(draft.at),
        "Message-ID": _id(draft.id),
        "In-Reply-To": _id(draft.in_reply_to),
        "References": _thread(draft),
        "Auto-Submitted": header_safe(draft.automatic),
        "X-Auto-Response-Suppress": "All" if draft.automatic else "",
        "X-Zhitong-Loop": header_safe(draft.host),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "base64",
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
    body = encodebytes(tidy(draft.text).replace("\n", "\r\n").encode())
    return head.encode("ascii") + b"\r\n" + body.replace(b"\n", b"\r\n")


def _encoded(plain: str) -> str:
    safe = header_safe(tidy(plain))
    return Header(safe, "utf-8", maxlinelen=60).encode(linesep="\r\n") if safe else ""


def _thread(draft: Draft) -> str:
    """The ids of the thread, newest last, one a line."""
    named = map(_id, (*draft.references, draft.in_reply_to))
    return "\r\n ".join(list(dict.fromkeys(filter(None, named)))[-MOST_REFERENCES:])


def _id(plain: str) -> str:
    """An id in its brackets, with nothing in it that could end a header; '' for none."""
    kept = "".join(char for char in plain if "!" <= char <= "~" and char not in '<>()[]\\,;:"')
    return f"<{kept[:250]}>" if kept else ""
