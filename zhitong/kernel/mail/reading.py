"""Reading a mail: any bytes in, a Letter out. Never raises; takes time in step with the size."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from zhitong.kernel.mail import kinds, quoting, tnef
from zhitong.kernel.mail.charsets import decoded, tidy
from zhitong.kernel.mail.headers import addresses, ids, line, parameters
from zhitong.kernel.mail.letter import Enclosure, Kind, Letter
from zhitong.kernel.mail.markup import plain
from zhitong.kernel.mail.mime import LARGEST, Part, take_apart

LONGEST_TEXT = 100_000
MOST_FILES = 20
LARGEST_FILE = 15 * 1024 * 1024
LONGEST_NAME = 120
MOST_REFERENCES = 40
_META = re.compile(
    rb"<meta[^>]{1,200}charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([A-Za-z0-9_-]{2,40})", re.IGNORECASE
)
_UNNAMED = re.compile(r"[\\/:*?\"<>|]")
_FORWARD = re.compile(r"\s{0,20}[-—]{2,60}\s{0,5}(?:转发|轉寄|Forwarded)", re.IGNORECASE)


def read(raw: bytes, *, own: Iterable[str] = (), host: str = "") -> Letter:
    """The letter in ``raw``. ``own`` are our own addresses, ``host`` the domain of our ids."""
    whole = take_apart(raw)
    text, files, left_out = _contents(whole)
    kind, why = kinds.kind_of(whole, own=own, host=host)
    answers, earlier = _ids(whole, "in-reply-to"), _ids(whole, "references")
    parts = _words(text, answering=bool(answers or earlier))
    if kind is Kind.WORD and not parts.words.strip() and not files:
        kind, why = Kind.EMPTY, "nothing is said"
    sender = whole.header("from") or whole.header("sender") or whole.header("reply-to")
    return Letter(
        fingerprint=_fingerprint(whole, raw),
        kind=kind,
        kind_reason=why,
        message_id=next(iter(_ids(whole, "message-id")), ""),
        in_reply_to=answers,
        references=earlier,
        sender=next(iter(addresses(sender, most=1)), ""),
        sender_name=line(sender.rpartition(b"<")[0], 60).strip('" '),
        recipients=_recipients(whole),
        subject=line(whole.header("subject"), 200),
        date=_date(whole.header("date")),
        text=parts.words,
        signature=parts.signature,
        quoted=parts.quoted,
        enclosures=tuple(files),
        bounce=kinds.bounce_of(whole, text) if kind is Kind.BOUNCE else None,
        wants_no_answer=kind is not Kind.WORD or kinds.wants_no_answer(whole),
        left_out=left_out + (len(raw) > LARGEST),
    )


def _words(text: str, *, answering: bool) -> quoting.Cut:
    """The text without what it answers. Who only quotes and answers nobody means the quote."""
    parts = quoting.cut(text)
    forwarded = bool(_FORWARD.match(parts.quoted))
    if not parts.words.strip() and parts.quoted and (forwarded or not answering):
        return quoting.Cut(text.strip("\n"), "", "")
    return parts


def _contents(whole: Part) -> tuple[str, list[Enclosure], int]:
    """The best plain text, the files, and how many parts were left out."""
    texts: list[str] = []
    files: list[Enclosure] = []
    left_out = sum(part.left_out for part in _every(whole))
    for leaf in _chosen(whole):
        if not _is_text(leaf):
            left_out += _add(files, leaf, texts)
        elif sum(map(len, texts)) < LONGEST_TEXT and (said := _text(leaf)):
            texts.append(said)
    return "\n\n".join(texts)[:LONGEST_TEXT].strip("\n"), files, left_out


def _every(part: Part) -> Iterator[Part]:
    yield part
    for one in part.parts:
        yield from _every(one)


def _chosen(part: Part) -> Iterator[Part]:
    """The leaves that are meant to be read: of alternatives the plain one, if it says anything."""
    if part.kind != "multipart/alternative":
        if not part.parts:
            yield part
        for one in part.parts:
            yield from _chosen(one)
        return
    leaves = [leaf for one in part.parts for leaf in _chosen(one)]
    spoken = [leaf for leaf in leaves if _is_text(leaf) and leaf.kind != "text/html"]
    spoken = [leaf for leaf in spoken if leaf.data()[:LONGEST_TEXT].strip()]
    for leaf in leaves:
        if not (_is_text(leaf) and leaf.kind == "text/html" and spoken):
            yield leaf


def _is_text(leaf: Part) -> bool:
    if leaf.kind not in ("text/plain", "text/html", "text", "text/enriched"):
        return False
    way = leaf.header("content-disposition").strip().lower()
    named = leaf.labels.get("name") or b"filename" in way
    return not (way.startswith(b"attachment") or (named and not way.startswith(b"inline")))


def _text(leaf: Part) -> str:
    data = leaf.data()[: 4 * LONGEST_TEXT if leaf.kind != "text/html" else 20 * LONGEST_TEXT]
    label = leaf.labels.get("charset", "")
    if leaf.kind != "text/html":
        return tidy(decoded(data, label))[:LONGEST_TEXT]
    named = _META.search(data[:4000])
    label = label or (named[1].decode("ascii") if named else "")
    return tidy(plain(decoded(data, label)))[:LONGEST_TEXT]


def _add(files: list[Enclosure], leaf: Part, texts: list[str]) -> int:
    """Take a leaf as a file; returns how many were left out. An envelope is opened."""
    data = leaf.data()
    if leaf.kind in tnef.KINDS or tnef.is_envelope(data):
        envelope = tnef.opened(data)
        if not texts and (said := tidy(envelope.text)[:LONGEST_TEXT].strip()):
            texts.append(said)
        found = [(held.name, "application/octet-stream", held.data) for held in envelope.files]
    elif not data.strip() and not leaf.header("content-disposition"):
        return 0
    else:
        found = [(_named(leaf), leaf.kind, data)]
    kept = [one for one in found if len(one[2]) <= LARGEST_FILE][: MOST_FILES - len(files)]
    files.extend(Enclosure(_safe_name(name), kind, held) for name, kind, held in kept)
    return len(found) - len(kept)


def _named(leaf: Part) -> str:
    _way, labels = parameters(leaf.header("content-disposition"))
    if name := labels.get("filename", "") or leaf.labels.get("name", ""):
        return name
    if leaf.kind == "message/rfc822":
        inner = take_apart(leaf.data()[:100_000])
        return f"{line(inner.header('subject'), 80) or 'mail'}.eml"
    return "file"


def _safe_name(name: str) -> str:
    """A name without a path; its ending is kept when it is long."""
    flat = _UNNAMED.sub("_", line(name.encode("utf-8", "replace"), 400)).strip(". ")
    if len(flat) > LONGEST_NAME:
        stem, _, ending = flat.rpartition(".")
        flat = f"{stem[: LONGEST_NAME - 12]}.{ending[:10]}" if stem else flat[:LONGEST_NAME]
    return flat or "file"


def _ids(whole: Part, name: str) -> tuple[str, ...]:
    found = [one for key, value in whole.headers if key == name for one in ids(value)]
    return tuple(dict.fromkeys([*found[:1], *found[1:][-MOST_REFERENCES:]]))


def _recipients(whole: Part) -> tuple[str, ...]:
    fields = ("to", "cc", "delivered-to", "x-original-to")
    found = [one for key, value in whole.headers if key in fields for one in addresses(value)]
    return tuple(dict.fromkeys(found))[:50]


def _date(raw: bytes) -> datetime | None:
    try:
        said = parsedate_to_datetime(raw[:100].decode("ascii", "replace"))
        return (said if said.tzinfo else said.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _fingerprint(whole: Part, raw: bytes) -> str:
    """Over what the sender made, not over what each mail server on the way wrote on top."""
    digest = hashlib.sha256()
    for name in ("message-id", "from", "date", "subject"):
        digest.update(whole.header(name) + b"\0")
    for part in whole.leaves():
        digest.update(hashlib.sha256(part.body).digest())
    digest.update(b"" if whole.headers else raw)
    return digest.hexdigest()
