"""Words that say somebody is in danger now. Plain comparison with a list: no guess, no score."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

GAP = "\0"
"""Stands for harmless words taken out, so that what was around them does not run together."""


@dataclass(frozen=True, slots=True)
class Call:
    """A number to call, and the words that point to it from one day to another, inclusive.

    Words inside one of the phrases of ``unless`` mean something harmless.
    """

    number: str
    words: tuple[str, ...]
    unless: tuple[str, ...]
    starts_on: date
    ends_on: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the list is in force on this day."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


def numbers_for(text: str, calls: Iterable[Call], *, on: date) -> list[str]:
    """The numbers that what was typed points to, in the order of the list, each once.

    Width, case, spaces and punctuation make no difference.
    """
    plain = bare(text)
    held = [call.number for call in calls if call.holds(on) and _speaks_of(plain, call)]
    return list(dict.fromkeys(held))


def bare(text: str) -> str:
    """Letters, digits and characters alone, in their usual width and small."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def _speaks_of(plain: str, call: Call) -> bool:
    if call.unless:
        plain = _any(call.unless).sub(GAP, plain)
    return _any(call.words).search(plain) is not None


@cache
def _any(words: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted({bare(word) for word in words}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))
