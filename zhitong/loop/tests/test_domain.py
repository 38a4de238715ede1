"""The rules of the loop, hammered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhitong.loop.domain import (
    ENDED,
    Stage,
    Verb,
    WrongStage,
    move,
    possible,
    verb_after_rating,
)
from zhitong.loop.domain.clock import clock
from zhitong.loop.domain.lifecycle import MOVES
from zhitong.loop.domain.lives import events_of
from zhitong.loop.domain.merging import Told
from zhitong.loop.tests.clocks import HOUR, POLICY, at, calendar


@given(st.lists(st.sampled_from(list(Verb)), max_size=40))
def test_whatever_happens_a_matter_is_due_exactly_until_it_ends(verbs: list[Verb]) -> None:
    """At every stage that can be reached something is due, or it has ended; never both."""
    stage, moment = Stage.RECEIVED, at("09-14 09:00")
    told: list[Told] = [(Verb.OPEN.value, moment, {})]
    for verb in verbs:
        if verb in possible(stage):
            stage = move(stage, verb)
            moment += HOUR
            told.append((verb.value, moment, {}))
        else:
            with pytest.raises(WrongStage):
                move(stage, verb)
        owed = clock(events_of(told), calendar(), POLICY, at=moment).next
        assert (owed is None) == (stage in ENDED)


def test_closing_comes_after_an_answer() -> None:
    """No way leads to closed except from answered."""
    assert [
        stage for (verb, stage), to in MOVES.items() if to is Stage.CLOSED and verb is Verb.CLOSE
    ] == [Stage.ANSWERED]
    closers = {verb for (verb, _), to in MOVES.items() if to is Stage.CLOSED}
    assert closers <= {Verb.CLOSE, Verb.NOTE}


def test_every_stage_can_be_reached() -> None:
    """The table has no island."""
    seen, front = {Stage.RECEIVED}, [Stage.RECEIVED]
    while front:
        stage = front.pop()
        front += [to for (_, at), to in MOVES.items() if at is stage and to not in seen]
        seen |= {to for (_, at), to in MOVES.items() if at is stage}
    assert seen == set(Stage)


def test_a_rated_matter_is_final() -> None:
    """Only notes among colleagues come after the resident's verdict."""
    assert possible(Stage.RATED) == {Verb.NOTE}
    assert possible(Stage.WITHDRAWN) == {Verb.NOTE}


@pytest.mark.parametrize(
    ("stars", "verb"),
    [(1, Verb.REOPEN), (2, Verb.REOPEN), (3, Verb.RATE), (4, Verb.RATE), (5, Verb.RATE)],
)
def test_three_and_above_is_satisfied(stars: int, verb: Verb) -> None:
    """Five faces, two ways on."""
    assert verb_after_rating(stars) is verb


@pytest.mark.parametrize("stars", [0, 6, -1])
def test_there_are_five_faces(stars: int) -> None:
    """Nothing else is a verdict."""
    with pytest.raises(ValueError, match=r"1\.\.5"):
        verb_after_rating(stars)
