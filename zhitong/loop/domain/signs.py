"""Signs that numbers may have been made to look good. A sign is a question, never a verdict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

TOP = 5


@dataclass(frozen=True, slots=True)
class Given:
    """A mark that was given: when, for which post's work, on which matter."""

    at: datetime
    post: str
    matter: str
    stars: int = TOP


@dataclass(frozen=True, slots=True)
class Burst:
    """Many top marks for one post within a short time."""

    post: str
    begins: datetime
    ends: datetime
    matters: tuple[str, ...]


def bursts(given: Iterable[Given], *, least: int, within: timedelta) -> list[Burst]:
    """Runs of at least ``least`` top marks for one post in which ``least`` lie ``within`` a time.

    Runs that overlap are one. In the order of post and time, whatever order marks are told in.
    """
    by_post: dict[str, list[Given]] = {}
    for one in sorted(given, key=lambda mark: (mark.post, mark.at, mark.matter)):
        if one.stars == TOP:
            by_post.setdefault(one.post, []).append(one)
    return [burst for marks in by_post.values() for burst in _of_one(marks, least, within)]


def _of_one(marks: Sequence[Given], least: int, within: timedelta) -> list[Burst]:
    crowded: list[tuple[int, int]] = []
    for last in range(least - 1, len(marks)):
        first = last - least + 1
        if marks[last].at - marks[first].at <= within:
            if crowded and first <= crowded[-1][1]:
                crowded[-1] = (crowded[-1][0], last)
            else:
                crowded.append((first, last))
    return [
        Burst(
            marks[first].post,
            marks[first].at,
            marks[last].at,
            tuple(mark.matter for mark in marks[first : last + 1]),
        )
        for first, last in crowded
    ]
