"""One worker at a time for each timer; a failure is kept in words without data."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.utils.timezone import now

from zhitong.kernel import timers
from zhitong.kernel.timers import every
from zhitong.kernel.worker.models import TimerLease
from zhitong.kernel.worker.ticking import LEASE, Ticker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_timers() -> Iterator[None]:
    kept = dict(timers.TIMERS)
    timers.TIMERS.clear()
    yield
    timers.TIMERS.clear()
    timers.TIMERS.update(kept)


def test_a_timer_runs_once_per_tick() -> None:
    ran: list[int] = []
    every(seconds=60, name="t.once")(lambda: ran.append(1))
    assert [Ticker().tick(), Ticker().tick()] == [1, 0]
    with time_machine.travel(now() + timedelta(seconds=61)):
        assert Ticker().tick() == 1
    assert len(ran) == 2


def test_a_held_timer_is_left_alone_until_the_lease_is_over() -> None:
    every(seconds=60, name="t.held")(lambda: None)
    row = TimerLease(name="t.held", due_at=now(), next_at=now(), lease="0" * 32)
    row.leased_until = now() + LEASE
    row.save()
    assert Ticker().tick() == 0
    with time_machine.travel(now() + LEASE + timedelta(seconds=1)):
        assert Ticker().tick() == 1


def test_renewing_keeps_the_lease_of_what_runs() -> None:
    ticker = Ticker()

    def slow() -> None:
        with time_machine.travel(now() + timedelta(seconds=50)):
            ticker.renew()
            left = TimerLease.objects.get().leased_until
            assert left is not None
            assert left > now() + timedelta(seconds=55)

    every(seconds=60, name="t.slow")(slow)
    assert ticker.tick() == 1
    assert TimerLease.objects.get().failures == 0


def test_a_failure_is_described_and_tried_again() -> None:
    def broken() -> None:
        raise ValueError("13912345678")

    every(seconds=3600, name="t.broken")(broken)
    Ticker().tick()
    row = TimerLease.objects.get()
    assert row.failures == 1
    assert row.last_error.startswith("ValueError at ")
    assert "139" not in row.last_error
    assert row.next_at < now() + timedelta(seconds=30)
    assert row.due_at <= now()


def test_a_timer_that_the_code_forgot_is_not_run() -> None:
    TimerLease.objects.create(name="t.gone", due_at=now(), next_at=now())
    assert Ticker().tick() == 0
