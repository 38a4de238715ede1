"""The clock by example: what other desks' clocks got wrong, each as a test of its own."""

from datetime import timedelta

import pytest

from zhitong.loop.domain.clock import Event, Kind, clock
from zhitong.loop.domain.debts import Clock, Debt, State
from zhitong.loop.domain.policy import Limit, Policy, Target
from zhitong.loop.tests.clocks import HOUR, ORDINARY, POLICY, WORKING_DAY, at, calendar, heard

OPENED = ("09-14 09:00", Kind.OPENED)  # a Monday; the office works 8:30-12:00, 14:00-17:30


def read(moment: str, *told: tuple[str, Kind] | tuple[str, Kind, str]) -> Clock:
    return clock(heard(*told), calendar(), POLICY, at=at(moment))


def debt(seen: Clock, target: Target) -> Debt:
    """The last one of its kind."""
    return [each for each in seen.debts if each.target is target][-1]


def test_a_new_matter_owes_three_things() -> None:
    """Dispatch within a day of the clock, an answer in three working days, the end in ten."""
    seen = read("09-14 09:00", OPENED)
    assert [each.target for each in seen.debts] == list(Target)
    assert [each.due_at for each in seen.debts] == [
        at("09-15 09:00"),
        at("09-17 09:00"),
        at("09-27 09:00"),
    ]
    assert seen.next == debt(seen, Target.DISPATCH)
    assert seen.state is State.RUNNING


def test_the_lunch_break_does_not_count() -> None:
    """Several spans a day: an hour from 11:30 ends at 14:30."""
    seen = read("09-14 12:00", ("09-14 11:30", Kind.OPENED, "short"))
    assert debt(seen, Target.DISPATCH).due_at == at("09-14 14:30")
    assert debt(seen, Target.DISPATCH).left == HOUR / 2


def test_holidays_stand_still_and_made_up_sundays_count() -> None:
    """1 and 2 October are free, and Sunday 27 September is worked for them."""
    seen = read("09-30 17:00", ("09-30 17:00", Kind.OPENED, "short"))
    assert debt(seen, Target.DISPATCH).due_at == at("10-05 09:00")
    made_up = read("09-26 20:00", ("09-26 20:00", Kind.OPENED, "short"))
    assert debt(made_up, Target.DISPATCH).due_at == at("09-27 09:30")


def test_an_update_does_not_overrule_the_first_response() -> None:
    """Words of the resident and a hand-over leave the response due when it was due."""
    plain = read("09-15 10:00", OPENED)
    told = (OPENED, ("09-14 10:00", Kind.SAID), ("09-15 09:00", Kind.ROUTED))
    busy = read("09-15 10:00", *told)
    assert debt(busy, Target.RESPONSE).due_at == debt(plain, Target.RESPONSE).due_at


def test_answering_and_asking_in_one_step_counts_as_the_response() -> None:
    """Neither order loses the first response, and the end waits for the resident."""
    for kinds in ((Kind.ANSWERED, Kind.ASKED), (Kind.ASKED, Kind.ANSWERED)):
        seen = read("09-15 10:00", OPENED, *(("09-14 11:00", kind) for kind in kinds))
        assert debt(seen, Target.RESPONSE).met_at == at("09-14 11:00")
    assert read("09-15 10:00", OPENED, ("09-14 11:00", Kind.ASKED)).state is State.WAITING


def test_whoever_has_answered_in_time_is_never_late() -> None:
    """Years later the response is still met."""
    seen = read("12-30 10:00", OPENED, ("09-14 10:00", Kind.TAKEN), ("09-16 10:00", Kind.ANSWERED))
    assert [each.target for each in seen.breaches] == [Target.RESOLUTION]


def test_what_is_not_an_answer_does_not_stop_the_clock() -> None:
    """Taking it in hand and passing it on are not a word to the resident."""
    seen = read("09-18 09:00", OPENED, ("09-14 10:00", Kind.TAKEN), ("09-16 10:00", Kind.ROUTED))
    assert debt(seen, Target.RESPONSE).breached_at == at("09-17 09:00")


def test_a_merged_matter_never_escalates() -> None:
    """From the moment it is merged nothing is owed; what was late before stays late."""
    seen = read("12-30 10:00", OPENED, ("09-14 10:00", Kind.MERGED))
    assert (seen.state, seen.next, seen.breaches) == (State.MERGED, None, ())
    late = read("12-30 10:00", OPENED, ("09-17 10:00", Kind.MERGED))
    assert [each.target for each in late.breaches] == [Target.DISPATCH, Target.RESPONSE]


def test_another_post_brings_its_own_terms_from_that_moment() -> None:
    """Half of ten days used: of the new two days half is left, counted from the hand-over."""
    seen = read("09-21 09:00", OPENED, ("09-21 09:00", Kind.ROUTED, "short"))
    before = read("09-21 09:00", OPENED)
    assert debt(before, Target.RESOLUTION).share == pytest.approx(0.5)
    assert debt(seen, Target.RESOLUTION).limit.amount == 2 * WORKING_DAY
    assert debt(seen, Target.RESOLUTION).left == WORKING_DAY


def test_passing_on_and_taking_gives_nobody_more_time() -> None:
    """The end stays due when it was due, however often a matter changes hands."""
    hands = [(f"09-{day} {hour}", kind) for day in (15, 16, 17) for hour, kind in (
        ("09:00", Kind.ROUTED), ("10:00", Kind.TAKEN))]  # fmt: skip
    seen = read("09-18 09:00", OPENED, *hands)
    plain = read("09-18 09:00", OPENED)
    assert debt(seen, Target.RESOLUTION).due_at == debt(plain, Target.RESOLUTION).due_at


def test_waiting_for_the_resident_is_bounded_and_ends_with_any_word() -> None:
    """Time stands still for five working days at most, and not a minute after a word."""
    asked = (OPENED, ("09-14 10:00", Kind.ASKED))
    plain = debt(read("09-14 10:00", OPENED), Target.RESOLUTION)
    said = read("09-16 10:00", *asked, ("09-16 10:00", Kind.SAID))
    assert said.state is State.RUNNING
    moved = calendar().working_between(plain.due_at, debt(said, Target.RESOLUTION).due_at)
    assert moved == 2 * WORKING_DAY
    silent = read("10-20 10:00", *asked)
    moved = calendar().working_between(plain.due_at, debt(silent, Target.RESOLUTION).due_at)
    assert moved == 5 * WORKING_DAY


def test_asking_again_and_again_wins_no_time() -> None:
    """A round has two waits; a question while waiting starts none."""
    many = [(f"09-{day} 10:00", kind) for day in range(14, 19) for kind in (Kind.ASKED, Kind.SAID)]
    seen = read("09-19 10:00", OPENED, *many)
    plain = read("09-19 10:00", OPENED)
    assert debt(seen, Target.RESOLUTION).due_at == debt(plain, Target.RESOLUTION).due_at
    twice = read("09-20 10:00", OPENED, ("09-14 10:00", Kind.ASKED), ("09-18 10:00", Kind.ASKED))
    assert (
        twice.waiting_until
        == read("09-14 10:00", OPENED, ("09-14 10:00", Kind.ASKED)).waiting_until
    )


def test_going_round_again_owes_an_answer_and_an_end_anew() -> None:
    """After the end there is another round; before it the end is not put off."""
    closed = (OPENED, ("09-14 10:00", Kind.TAKEN), ("09-15 10:00", Kind.CLOSED))
    again = read("09-17 09:00", *closed, ("09-17 09:00", Kind.REOPENED))
    owed = [(each.target, each.round) for each in again.debts if each.open]
    assert owed == [(Target.RESPONSE, 2), (Target.RESOLUTION, 2)]
    answered = (OPENED, ("09-14 10:00", Kind.TAKEN), ("09-15 10:00", Kind.ANSWERED))
    unhappy = read("09-17 09:00", *answered, ("09-17 09:00", Kind.REOPENED))
    owed = [(each.target, each.round) for each in unhappy.debts if each.open]
    assert owed == [(Target.RESOLUTION, 1), (Target.RESPONSE, 2)]


def test_what_the_resident_takes_back_is_not_late() -> None:
    """A withdrawn matter owes nothing and was not met either."""
    seen = read("12-30 10:00", OPENED, ("09-14 10:00", Kind.WITHDRAWN))
    assert not seen.breaches
    assert all(each.dropped_at and not each.met_at for each in seen.debts)


def test_in_time_is_in_time_to_the_moment() -> None:
    """At the due time itself it is not late; a moment later it is."""
    due = debt(read("09-14 09:00", OPENED), Target.RESPONSE).due_at
    moment = timedelta(microseconds=1)
    for when, late in ((due, False), (due + moment, True)):
        events = [*heard(OPENED), Event(when, Kind.ANSWERED)]
        seen = clock(events, calendar(), POLICY, at=when + HOUR)
        assert (debt(seen, Target.RESPONSE).breached_at is not None) is late


def test_a_clock_needs_an_opening_and_a_policy_the_rest() -> None:
    """What makes no sense is refused at once."""
    with pytest.raises(ValueError, match="opened"):
        read("09-14 10:00", ("09-14 09:00", Kind.SAID))
    with pytest.raises(ValueError, match="does not name"):
        Policy("1", {"urgent": ORDINARY})
    with pytest.raises(ValueError, match="some time"):
        Limit(timedelta(), working=True)
