"""What a mail is once it has been read: plain values, nothing that could still do harm."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What sort of mail it is; only a WORD is somebody speaking."""

    WORD = "word"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    BULK = "bulk"
    LOOP = "loop"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that came along. The name is only a name: no path, no control characters."""

    name: str
    type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Bounce:
    """A report about a mail of ours (RFC 3464). ``about`` are the ids of the mail reported."""

    final: bool
    status: str
    recipients: tuple[str, ...]
    about: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as it was read. Nothing in it is proven: who sent it is who it says sent it.

    ``fingerprint`` is the same for the same mail delivered twice, and cannot be taken by
    another mail that merely bears the same Message-ID. ``text`` is what somebody wrote,
    ``signature`` and ``quoted`` what was cut off below it. ``left_out`` counts parts and files
    beyond the limits.
    """

    fingerprint: str
    kind: Kind
    kind_reason: str
    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    sender: str
    sender_name: str
    recipients: tuple[str, ...]
    subject: str
    date: datetime | None
    text: str
    signature: str
    quoted: str
    enclosures: tuple[Enclosure, ...]
    bounce: Bounce | None
    wants_no_answer: bool
    left_out: int
