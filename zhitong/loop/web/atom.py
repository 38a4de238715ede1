"""The feed of answers: what was released, by theme and township."""

from collections.abc import Sequence
from typing import Protocol

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zhitong.kernel.errors import Sentence
from zhitong.kernel.text import atom
from zhitong.loop.models import Publication
from zhitong.loop.web.openly import absolute


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
    return atom.feed(
        [_item(one) for one in entries],
        title=_("Answers for everybody"),
        subtitle=_("What people asked and what was done, released by two people each."),
        author=_("Zhitong"),
        here=absolute(here),
        page=absolute(page),
        following=absolute(following) if following else "",
        language=get_language() or "",
    )


def _item(one: Entry) -> atom.Item:
    row = one.row
    return atom.Item(
        id=absolute(one.url.partition("?")[0]),
        title=f"{one.theme} · {one.place}",
        url=absolute(one.url),
        updated=row.updated_at,
        published=row.answered_at or row.updated_at,
        text="\n\n".join(part for part in (row.words, row.answer) if part),
        author=row.owner,
        category=(row.category, one.theme),
    )
