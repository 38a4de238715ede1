"""Cutting text into tokens so that a phrase of tokens is a substring of the text.

A run of Han characters becomes its overlapping pairs and its last character alone; a word in
any other script stays whole. 派出所 becomes 派出 出所 所, so the phrase ``派出 出所`` finds 派出所
and nothing else, and the prefix ``所`` finds every 所. Words match from their beginning.

Spaces and punctuation separate: they are not searchable themselves, and one separator is as
good as another (派出所，户口 finds 派出所 户口 written side by side in that order).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
IS_HAN = re.compile(f"[{HAN}]")

WORD = "w"
"""Begins every token that is a word: PostgreSQL would take 1e5ss for a number and a word."""

MOST_TOKENS = 16_000
"""Tokens kept per text: PostgreSQL counts positions up to 16,383."""

LONGEST_WORD = 64
"""Characters of a word that count, in texts and in queries alike."""

LONGEST_QUERY = 200
"""Characters of a query that count."""

MOST_PHRASES = 16
"""Space-separated parts of a query that count."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that must stand side by side; with ``prefix`` the last may go on."""

    tokens: tuple[str, ...]
    prefix: bool


def normal(text: str) -> str:
    """Text as it is compared: full-width = half-width, upper = lower case (NFKC, case folding)."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def runs(text: str) -> Iterator[str]:
    """The runs of Han characters and the words of a normal text, in order."""
    return (match.group() for match in RUN.finditer(text))


def tokens(text: str) -> str:
    """The tokens of a text, separated by spaces, as they are stored and indexed."""
    found: list[str] = []
    for run in runs(normal(text)):
        found += _pieces(run)
        if len(found) >= MOST_TOKENS:
            break
    return " ".join(found[:MOST_TOKENS])


def phrases(query: str) -> list[Phrase]:
    """What a query asks for: every part between spaces must occur. Empty: nothing to search."""
    parts = normal(query[:LONGEST_QUERY])[:LONGEST_QUERY].split()
    return [phrase for part in parts if (phrase := _phrase(part))][:MOST_PHRASES]


def _phrase(part: str) -> Phrase | None:
    found = list(runs(part))
    if not found:
        return None
    pieces = [piece for run in found[:-1] for piece in _pieces(run)]
    last = _pieces(found[-1])
    if len(last) > 1:
        return Phrase((*pieces, *last[:-1]), prefix=False)
    return Phrase((*pieces, *last), prefix=True)


def _pieces(run: str) -> list[str]:
    if not IS_HAN.match(run):
        return [WORD + run[:LONGEST_WORD]]
    return [*(run[at : at + 2] for at in range(len(run) - 1)), run[-1]]
