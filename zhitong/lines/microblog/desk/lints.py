"""What is pointed out before somebody approves: some of it must go, some is advice."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.errors import Sentence
from zhitong.kernel.text.personal import LABELS, Kind, find

MICROBLOG = 500
"""Characters that servers of the open network show whole."""


SOMEBODYS = frozenset({Kind.ID_NUMBER, Kind.MOBILE, Kind.PLATE, Kind.BANK_CARD})
"""An office has telephones, addresses and mail; these belong to a person."""
NEVER = _("Something personal is in the text: %(kind)s. Take it out.")
LOOK = _("Is it the office's own? The text has this: %(kind)s.")


@dataclass(frozen=True, slots=True)
class Lint:
    """One thing that somebody should look at; ``stops`` says that it may not go out like this."""

    sentence: Sentence
    stops: bool = False


def lints(*, title: str, words: str, title_en: str, words_en: str) -> list[Lint]:
    """All that is to be said about a version."""
    return [*private(f"{title}\n{words}\n{title_en}\n{words_en}"), *_advice(words, words_en)]


def private(text: str) -> Iterator[Lint]:
    """What looks personal in any text that goes to everybody."""
    found = {finding.kind for finding in find(text)}
    for kind in sorted(found, key=list(Kind).index):
        sentence = NEVER if kind in SOMEBODYS else LOOK
        yield Lint(sentence % {"kind": LABELS[kind]}, stops=kind in SOMEBODYS)


def _advice(words: str, words_en: str) -> Iterator[Lint]:
    if len(words) > MICROBLOG:
        sentence = _("Longer than %(most)s characters: on phones it is cut.")
        yield Lint(sentence % {"most": MICROBLOG})
    if not words_en.strip():
        yield Lint(_("There is no English: readers of English see the Chinese words."))
