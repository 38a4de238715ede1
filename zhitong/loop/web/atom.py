"""The feed of answers (RFC 4287), with the way to the following page (RFC 5005)."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Protocol

from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhitong.kernel.errors import Sentence
from zhitong.kernel.text.xml import DECLARATION, element, words
from zhitong.loop.models import Publication
from zhitong.loop.web.openly import absolute

NAMESPACE = "http://www.w3.org/2005/Atom"
NOTHING_YET = datetime(2026, 1, 1, tzinfo=UTC)


class Entry(Protocol):
    """What the feed tells of a publication."""

    @property
    def row(self) -> Publication: ...
    @property
    def url(self) -> str: ...
    @property
    def theme(self) -> Sentence: ...
    @property
    def place(self) -> str: ...


def feed_of(entries: Sequence[Entry], *, here: str, page: str, following: str) -> str:
    """The whole document; addresses come without the host."""
    updated = max((each.row.updated_at for each in entries), default=NOTHING_YET)
    head = [
        _text("title", _("Answers for everybody")),
        _text("subtitle", _("What people asked and what was done, released by two people each.")),
        _text("id", absolute(here)),
        _time("updated", updated),
        element("author", _text("name", _("Zhitong"))),
        element("link", rel="self", type="application/atom+xml", href=absolute(here)),
        element("link", rel="alternate", type="text/html", href=absolute(page)),
    ]
    if following:
        head.append(
            element("link", rel="next", type="application/atom+xml", href=absolute(following))
        )
    language = get_language() or ""
    return DECLARATION + element(
        "feed", *head, *map(_entry, entries), xmlns=NAMESPACE, xml_lang=language
    )


def _entry(one: Entry) -> str:
    row = one.row
    text = "\n\n".join(part for part in (row.words, row.answer) if part)
    return element(
        "entry",
        _text("id", absolute(one.url.partition("?")[0])),
        _text("title", f"{one.theme} · {one.place}"),
        _time("updated", row.updated_at),
        _time("published", row.answered_at or row.updated_at),
        element("author", _text("name", row.owner)),
        element("link", rel="alternate", type="text/html", href=absolute(one.url)),
        element("category", term=row.category, label=one.theme),
        element("content", words(text), type="text"),
    )


def _text(name: str, value: object) -> str:
    return element(name, words(value))


def _time(name: str, at: datetime) -> str:
    return element(name, localtime(at).isoformat(timespec="seconds"))
