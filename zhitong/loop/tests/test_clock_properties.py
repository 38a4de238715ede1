"""The clock under a hundred thousand lives of matters, and against a clock that counts minutes."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from zhitong.loop.domain.clock import Event, Kind, clock
from zhitong.loop.domain.debts import Clock, State
from zhitong.loop.domain.policy import Limit, Target
from zhitong.loop.tests.by_the_minute import Minutes
from zhitong.loop.tests.clocks import (
    POLICY,
    STEP,
    ZONES,
    calendar,
    night_shift,
    sequence,
)

LIVES = 100_000
SHARES = 10
CHANGES = {
    "Asia/Shanghai": datetime(2026, 10, 1, tzinfo=UTC),
    "Europe/Berlin": datetime(2026, 10, 24, tzinfo=UTC),
    "America/New_York": datetime(2026, 10, 31, tzinfo=UTC),
    "Australia/Lord_Howe": datetime(2026, 10, 3, tzinfo=UTC),
}
"""A day before the clocks change, where they do."""


@pytest.mark.parametrize("share", range(SHARES))
def test_whatever_happens_the_clock_keeps_its_word(share: int) -> None:
    """A hundred thousand lives, in shares, each looked at somewhere and once more later."""
    chance = random.Random(share)
    office = calendar(ZONES[share % len(ZONES)])
    for _life in range(LIVES // SHARES):
        events = sequence(chance)
        early = events[0].at + chance.randrange(200) * STEP
        late = early + chance.randrange(2000) * STEP
        first, second = (clock(events, office, POLICY, at=moment) for moment in (early, late))
        _sound(first)
        _sound(second)
        if not any(e.kind is Kind.UNMERGED and early < e.at <= late for e in events):
            _goes_on(first, second)


def _sound(seen: Clock) -> None:
    """What holds for every clock."""
    owed = [debt for debt in seen.debts if debt.open]
    assert len({debt.target for debt in owed}) == len(owed)
    if seen.state in {State.ENDED, State.MERGED}:
        assert seen.next is None
    else:
        assert any(debt.target is Target.RESOLUTION for debt in owed)
        assert seen.next in owed
    for debt in seen.debts:
        used = sum((each.used for each in debt.stretches), timedelta())
        assert timedelta() <= debt.left <= debt.limit.amount
        assert debt.due_at >= debt.started_at
        assert all(each.begins < each.ends for each in debt.stretches)
        if {each.terms for each in debt.stretches} <= {debt.terms} and not debt.breached_at:
            assert used == debt.limit.amount - debt.left
        if debt.breached_at is not None:
            assert debt.breached_at < (debt.met_at or debt.dropped_at or seen.at)
        elif debt.open:
            assert debt.due_at >= seen.at


def _goes_on(first: Clock, second: Clock) -> None:
    """What was written down at one time stands at every later time."""
    assert len(second.debts) >= len(first.debts)
    for before, after in zip(first.debts, second.debts, strict=False):
        assert (before.target, before.round) == (after.target, after.round)
        assert before.started_at == after.started_at
        if not before.open:
            assert before == after
        if before.breached_at is not None:
            assert after.breached_at == before.breached_at


def test_a_merge_that_was_undone_leaves_no_trace() -> None:
    """Whatever else happens, merging and parting again changes nothing."""
    chance, office = random.Random(1), calendar()
    for _life in range(3_000):
        events = [e for e in sequence(chance) if e.kind not in {Kind.MERGED, Kind.UNMERGED}]
        place = chance.randrange(1, len(events) + 1)
        moment = events[place - 1].at
        together = [Event(moment, Kind.MERGED), Event(moment + STEP, Kind.UNMERGED)]
        late = moment + 500 * STEP
        apart = clock(events, office, POLICY, at=late)
        assert clock([*events, *together], office, POLICY, at=late) == apart


def test_waiting_never_costs_the_resident_more_than_the_policy_allows() -> None:
    """Questions move the end by no more than the longest waits together, and never forward."""
    chance, office = random.Random(2), calendar()
    for _life in range(3_000):
        life = sequence(chance)
        quiet = [e for e in life if e.kind not in {Kind.ASKED, Kind.SAID, Kind.ANSWERED}]
        opened, late = life[0].at, life[-1].at + STEP
        if any(e.kind in {Kind.REOPENED, Kind.ROUTED, Kind.RETERMED} for e in life):
            continue
        asked = _end_of(clock(life, office, POLICY, at=late))
        plain = _end_of(clock(quiet, office, POLICY, at=late))
        if asked is None or plain is None:
            continue
        _name, terms = POLICY.named(life[0].terms)
        bound = terms.pause.amount * terms.pauses + terms.resolution.amount
        limit = Limit(bound, terms.resolution.working)
        furthest = (
            office.add_working(opened, limit.amount) if limit.working else opened + limit.amount
        )
        assert plain <= asked
        if terms.pause.working == terms.resolution.working:
            assert asked <= furthest


def _end_of(seen: Clock) -> datetime | None:
    return next((d.due_at for d in seen.debts if d.target is Target.RESOLUTION and d.open), None)


@pytest.mark.parametrize("zone", ZONES)
def test_the_clock_agrees_with_one_that_counts_every_minute(zone: str) -> None:
    """The same lives, reckoned by looking at every single minute, summer time and all."""
    chance = random.Random(zone)
    office = night_shift(zone)
    begins = CHANGES[zone]
    for _life in range(40):
        events = _moved(sequence(chance)[:5], begins)
        moment = events[-1].at + chance.randrange(60) * STEP
        seen = clock(events, office, POLICY, at=moment)
        shown = [(d.target, d.breached_at is not None, d.open, d.left) for d in seen.debts]
        assert shown == Minutes(events, office, moment).debts()


def _moved(events: list[Event], begins: datetime) -> list[Event]:
    """The same life, beginning where the clocks change, without changes of terms."""
    shift = begins - events[0].at
    return [
        Event(each.at + shift, each.kind, each.terms if each.kind is Kind.OPENED else "")
        for each in events
        if each.kind not in {Kind.MERGED, Kind.UNMERGED}
    ]
