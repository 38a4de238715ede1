"""Timers keep to their grid, whatever happens."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zhitong.kernel.worker import schedule

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
SECONDS = st.floats(0.5, 10**6)


@given(SECONDS, st.floats(0, 10**7))
def test_the_next_tick_is_after_now_and_on_the_grid(seconds: float, late: float) -> None:
    at = NOON + timedelta(seconds=late)
    due = schedule.following(NOON, at, seconds)
    ticks = (due - NOON).total_seconds() / seconds
    assert due > at - timedelta(milliseconds=1)
    assert (due - at).total_seconds() <= seconds + 0.001
    assert abs(ticks - round(ticks)) < 1e-3


@given(SECONDS, st.floats(0, 10**6), st.integers(1, 50))
def test_a_failure_is_tried_again_soon_but_not_at_once(
    seconds: float, late: float, failures: int
) -> None:
    at = NOON + timedelta(seconds=late)
    again = schedule.retry(NOON, at, seconds, failures)
    assert again <= schedule.following(NOON, at, seconds)
    assert again >= min(
        at + timedelta(seconds=schedule.RETRY_FIRST), schedule.following(NOON, at, seconds)
    )
