"""How much one matter is like another: what was said, where, and when.

What was said is compared by overlapping threes of characters and their Jaccard coefficient (the
share of threes that both have among those that either has): exact, and no language needs to be
known. Place and time can only make less of it: nothing is alike because it is near.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from heapq import nlargest
from typing import Generic, TypeVar

from zhitong.kernel.search.domain import normal, runs

SHINGLE = 3
LONGEST = 2000
"""Characters of a text that are compared."""

SAME_WORDS = 0.7
"""From here on two texts are one text with slips of the pen."""

ALIKE = 0.2
"""From here on two texts are worth a look. Two that have nothing to do with each other share
a hundredth or two of their threes."""

NEAR = (0.0, 0.0, 0.0, 0.3, 0.7, 1.0)
"""Closeness by how many levels of the path are shared: county, township, village."""

DAYS = 30.0
"""After so many days nearness in time counts half."""

WORDS_ALONE, OF_PLACE, OF_TIME = 0.6, 0.25, 0.15

STEPS = (5, 10, 20, 50)
"""In which steps numbers of reports are told to anybody: fewer than five are not told."""

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Said:
    """What is compared of a matter: the threes of its words, its area path, and how old it is."""

    shingles: frozenset[str]
    path: str
    age: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Likeness(Generic[Row]):
    """Something compared: how alike the words are, and the score with place and time."""

    row: Row
    words: float
    score: float


def shingles(text: str) -> frozenset[str]:
    """The overlapping threes of letters and digits in a text; a shorter text is one piece."""
    plain = "".join(runs(normal(text[:LONGEST])))
    if len(plain) <= SHINGLE:
        return frozenset({plain} if plain else ())
    return frozenset(plain[at : at + SHINGLE] for at in range(len(plain) - SHINGLE + 1))


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of what both have in what either has, from 0 to 1; 0 when one is empty."""
    if not one or not other:
        return 0.0
    both = len(one & other)
    return both / (len(one) + len(other) - both)


def closeness(one: str, other: str) -> float:
    """How near two area paths are, from 0 (different counties) to 1 (one village)."""
    shared = 0
    for mine, theirs in zip(_levels(one), _levels(other), strict=False):
        if mine != theirs:
            break
        shared += 1
    return NEAR[min(shared, len(NEAR) - 1)]


def recency(age: timedelta) -> float:
    """1 for the same moment, half after a month, never 0."""
    return 1 / (1 + abs(age / timedelta(days=1)) / DAYS)


def score(words: float, one: Said, other: Said) -> float:
    """How alike two matters are, from 0 to ``words``, the Jaccard coefficient of their words."""
    place = OF_PLACE * closeness(one.path, other.path)
    return words * (WORDS_ALONE + place + OF_TIME * recency(one.age - other.age))


def closest(
    asked: Said, others: Iterable[tuple[Row, Said]], *, most: int, least: float = ALIKE
) -> list[Likeness[Row]]:
    """Those whose words are alike by ``least`` or more, the most alike first; ``most`` of them."""
    found = []
    for row, other in others:
        words = jaccard(asked.shingles, other.shingles)
        if words >= least:
            found.append(Likeness(row, words, score(words, asked, other)))
    return nlargest(most, found, key=lambda each: each.score)


def publishable(reports: int) -> int:
    """The highest of STEPS that a number of reports reaches, 0 below the lowest.

    Told in steps, a number does not give away the next single report.
    """
    return max((step for step in STEPS if step <= reports), default=0)


def _levels(path: str) -> list[str]:
    return path.strip("/").split("/")
