"""Small numbers that the public must not read, nor work out from those it may.

A count of one to four is hidden. Where the total is shown, one hidden count alone could be worked
out from it, and so could several that leave no choice; then the smallest of the others is hidden
with them, and if that does not help the total is hidden too.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

LEAST = 5
"""Counts below this are hidden, but for zero."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """Which of the counts are hidden, by place, and whether their total is."""

    places: frozenset[int]
    total: bool


def hide(counts: Sequence[int], *, also: Collection[int] = (), least: int = LEAST) -> Hidden:
    """What to hide of counts that are shown with their total; ``also`` are hidden anyway.

    Zero is shown, unless it is among ``also``.
    """
    if any(count < 0 for count in counts):
        raise ValueError("counts are not negative")
    places = {place for place, count in enumerate(counts) if 0 < count < least} | set(also)
    rest = [place for place, count in enumerate(counts) if count and place not in places]
    rest.sort(key=lambda place: (counts[place], place), reverse=True)
    while _given_away([counts[place] for place in places], least) and rest:
        places.add(rest.pop())
    left = _given_away([counts[place] for place in places], least)
    return Hidden(frozenset(places), left or 0 < sum(counts) < least)


def _given_away(hidden: Sequence[int], least: int) -> bool:
    """Whether the sum of hidden counts leaves one possibility only for some of them.

    Whoever knows these rules knows that each is at least one, and may guess that none reaches
    ``least``: the sum must leave a choice either way, and not be a small number itself.
    """
    told = [count for count in hidden if count]
    if not told:
        return False
    most = len(told) * (least - 1)
    return len(told) == 1 or sum(told) < least or sum(told) in {len(told), most}
