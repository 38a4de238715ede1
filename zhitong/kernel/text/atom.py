"""A feed that people and programs follow (Atom, RFC 4287), with the way to more (RFC 5005)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.timezone import localtime

from zhitong.kernel.errors import Sentence
from zhitong.kernel.text.xml import DECLARATION, element, words

NAMESPACE = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
CONTENT_TYPE = f"{MEDIA_TYPE}; charset=utf-8"
NOTHING_YET = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry. Addresses work from anywhere; ``category`` is a term and what people call it.

    ``enclosed`` is the address and media type of what the entry is about, where that is a file.
    """

    id: str
    title: Sentence
    url: str
    updated: datetime
    published: datetime
    text: str
    author: str = ""
    category: tuple[str, Sentence] | None = None
    language: str = ""
    enclosed: tuple[str, str] | None = None


def feed(
    items: Sequence[Item],
    *,
    title: Sentence,
    subtitle: Sentence,
    author: Sentence,
    here: str,
    page: str,
    language: str,
    following: str = "",
) -> str:
    """The whole document; ``here``, ``page`` and ``following`` are addresses."""
    head = [
        _text("title", title),
        _text("subtitle", subtitle),
        _text("id", here),
        _time("updated", max((one.updated for one in items), default=NOTHING_YET)),
        element("author", _text("name", author)),
        element("link", rel="self", type=MEDIA_TYPE, href=here),
        element("link", rel="alternate", type="text/html", href=page),
    ]
    if following:
        head.append(element("link", rel="next", type=MEDIA_TYPE, href=following))
    entries = map(_entry, items)
    return DECLARATION + element("feed", *head, *entries, xmlns=NAMESPACE, xml_lang=language)


def _entry(one: Item) -> str:
    spoken = {"xml_lang": one.language} if one.language else {}
    parts = [
        _text("id", one.id),
        element("title", words(one.title), **spoken),
        _time("updated", one.updated),
        _time("published", one.published),
        element("link", rel="alternate", type="text/html", href=one.url),
    ]
    if one.author:
        parts.append(element("author", _text("name", one.author)))
    if one.enclosed:
        address, kind = one.enclosed
        parts.append(element("link", rel="enclosure", type=kind, href=address))
    if one.category:
        term, label = one.category
        parts.append(element("category", term=term, label=label))
    parts.append(element("content", words(one.text), type="text", **spoken))
    return element("entry", *parts)


def _text(name: str, value: object) -> str:
    return element(name, words(value))


def _time(name: str, at: datetime) -> str:
    return element(name, localtime(at).isoformat(timespec="seconds"))
