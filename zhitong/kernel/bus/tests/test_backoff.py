"""Waiting longer after every failure, never longer than the ceiling."""

import random

from hypothesis import given
from hypothesis import strategies as st

from zhitong.kernel.bus import backoff


@given(st.integers(0, 10**6), st.integers())
def test_a_wait_lies_below_the_ceiling(attempts: int, seed: int) -> None:
    seconds = backoff.wait(attempts, random.Random(seed)).total_seconds()
    assert 0.0 <= seconds <= backoff.ceiling(attempts) <= backoff.LONGEST


def test_the_ceiling_doubles() -> None:
    assert [backoff.ceiling(n) for n in (1, 2, 3, 4, 14)] == [1, 2, 4, 8, 600]


def test_all_tries_together_outlast_a_quarter_of_an_hour() -> None:
    assert sum(backoff.ceiling(n) for n in range(1, backoff.MAX_ATTEMPTS)) / 2 > 15 * 60
