"""Whoever has the published numbers, the total and these rules cannot work out a small number."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from zhitong.loop.domain.hiding import LEAST, Hidden, hide
from zhitong.loop.domain.signs import Given, bursts


def possible(counts: Sequence[int], hidden: Hidden) -> list[set[int]]:
    """Per hidden place what it could be, for somebody who knows the total and the rest."""
    places = sorted(place for place in hidden.places if counts[place])
    left = sum(counts[place] for place in places)
    ways = [
        way
        for way in product(range(1, left + 1), repeat=len(places))
        if sum(way) == left and any(each < LEAST for each in way)
    ]
    return [set(each) for each in zip(*ways, strict=True)]


@pytest.mark.parametrize("seed", range(300))
def test_no_hidden_number_can_be_worked_out(seed: int) -> None:
    """Every small number is hidden, and with the total shown there is more than one way."""
    chance = random.Random(seed)
    counts = [chance.choice((0, 1, 1, 2, 3, 4, 5, 6, 7)) for _row in range(chance.randint(1, 5))]
    found = hide(counts)
    assert all(place in found.places for place, count in enumerate(counts) if 0 < count < LEAST)
    small = [place for place, count in enumerate(counts) if 0 < count < LEAST]
    if not small:
        assert not found.places
    if not found.total:
        assert all(len(values) > 1 for values in possible(counts, found))
        assert not 0 < sum(counts) < LEAST


def test_by_hand() -> None:
    """One alone takes the smallest other with it; four ones would be told by their sum."""
    assert hide([10, 2, 7, 30]) == Hidden(frozenset({1, 2}), total=False)
    assert hide([10, 3, 4, 0]) == Hidden(frozenset({1, 2}), total=False)
    assert hide([1, 1, 1, 1, 1, 9]) == Hidden(frozenset(range(6)), total=False)
    assert hide([4, 4, 12]) == Hidden(frozenset({0, 1, 2}), total=False)
    assert hide([2, 0, 0]) == Hidden(frozenset({0}), total=True)
    assert hide([3]) == Hidden(frozenset({0}), total=True)
    assert hide([0, 8, 9]) == Hidden(frozenset(), total=False)
    assert hide([]) == Hidden(frozenset(), total=False)


def test_what_is_hidden_elsewhere_stays_hidden() -> None:
    """Columns that are nearly equal hide the same rows."""
    assert {0, 1} <= hide([9, 9, 9], also={0, 1}).places
    with pytest.raises(ValueError, match="negative"):
        hide([-1])


START = datetime(2026, 9, 14, 9, tzinfo=UTC)


def given(*minutes: int, post: str = "a", stars: int = 5) -> list[Given]:
    """Marks at these minutes."""
    return [Given(START + timedelta(minutes=m), post, f"{post}{m}", stars) for m in minutes]


def test_bursts_of_top_marks() -> None:
    """Three within ten minutes, of one post, however they are told; overlapping runs are one."""
    quick = given(0, 4, 9, 12, 300)
    slow = given(0, 20, 40, post="b")
    low = given(1, 2, 3, post="a", stars=4)
    found = bursts([*slow, *low, *reversed(quick)], least=3, within=timedelta(minutes=10))
    assert [(burst.post, burst.matters) for burst in found] == [("a", ("a0", "a4", "a9", "a12"))]
    assert bursts([], least=3, within=timedelta(minutes=10)) == []
