"""The three rates against fixtures reckoned by hand, and what holds for any matters at all."""

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from zhitong.loop.domain.clock import clock
from zhitong.loop.domain.lifecycle import Verb
from zhitong.loop.domain.lives import events_of
from zhitong.loop.domain.rates import (
    DECIDED,
    Deed,
    Judgement,
    Mark,
    Scheme,
    Tally,
    deeds_of,
    judge,
    per_cent,
    scheme_for,
    tally_of,
    total,
)
from zhitong.loop.schemes import counting
from zhitong.loop.tests.clocks import POLICY, at, calendar

SCHEME = counting().schemes[0]
NOW = at("11-01 09:00")
Told = tuple[str, datetime, dict[str, object]]

# Ordinary terms of clocks.py: a first answer within 3 working days, the end within 10.
QUICK: list[Told] = [
    ("open", at("09-14 09:00"), {"terms": "ordinary"}),
    ("take", at("09-14 10:00"), {}),
    ("answer", at("09-15 10:00"), {}),
    ("close", at("09-15 11:00"), {"outcome": "solved"}),
    ("rate", at("09-15 20:00"), {"stars": 5}),
]
SLOW: list[Told] = [
    ("open", at("09-14 09:00"), {"terms": "ordinary"}),
    ("answer", at("09-22 10:00"), {}),
    ("close", at("09-22 10:05"), {"outcome": "not_possible"}),
    ("rate", at("09-23 10:00"), {"stars": 3}),
]
TWICE: list[Told] = [
    *QUICK[:4],
    ("reopen", at("09-16 09:00"), {"stars": 1}),
    ("answer", at("09-16 15:00"), {}),
    ("close", at("09-17 15:00"), {"outcome": "explained"}),
    ("rate", at("09-17 20:00"), {"stars": 4}),
]
TAKEN_BACK: list[Told] = [QUICK[0], ("withdraw", at("09-14 09:30"), {})]
REFUSED: list[Told] = [QUICK[0], ("refuse", at("09-14 15:00"), {})]
FORGOTTEN: list[Told] = [QUICK[0]]
FRESH: list[Told] = [("open", NOW - timedelta(minutes=5), {"terms": "ordinary"})]


def judged(told: list[Told], scheme: Scheme = SCHEME, moment: datetime = NOW) -> Judgement:
    """How a timeline counts."""
    return judge(deeds_of(told), clock(events_of(told), calendar(), POLICY, at=moment), scheme)


def marks(told: list[Told], scheme: Scheme = SCHEME) -> tuple[Mark, Mark, int | None]:
    """Response, resolution and weight."""
    found = judged(told, scheme)
    return found.response, found.resolution, found.weight


def test_by_hand() -> None:
    """Each fixture as one would count it with a pencil."""
    assert marks(QUICK) == (Mark.GOOD, Mark.GOOD, 100)
    assert marks(SLOW) == (Mark.BAD, Mark.BAD, 60)
    assert marks(TWICE) == (Mark.GOOD, Mark.GOOD, 100)
    assert marks(TAKEN_BACK) == (Mark.OUT, Mark.OUT, None)
    assert marks(REFUSED) == (Mark.GOOD, Mark.BAD, None)
    assert marks(FORGOTTEN) == (Mark.BAD, Mark.BAD, None)
    assert marks(FRESH) == (Mark.OPEN, Mark.OPEN, None)


def test_the_sum_by_hand() -> None:
    """Seven matters: 3 of 5 answered in time, 2 of 5 resolved, 260 of 300 points."""
    lives = (QUICK, SLOW, TWICE, TAKEN_BACK, REFUSED, FORGOTTEN, FRESH)
    found = total(tally_of(judged(told)) for told in lives)
    assert found == Tally(
        matters=7,
        in_time=3,
        answers=5,
        resolved=2,
        ended=5,
        points=260,
        rated=3,
        hasty=1,
        reopened=1,
    )
    assert (found.response, found.resolution) == (3 / 5, 2 / 5)
    assert found.satisfaction == pytest.approx(260 / 300)
    assert Tally().response is Tally().resolution is Tally().satisfaction is None


def test_the_scheme_is_data() -> None:
    """Other rules, other numbers: the first verdict, every round, what is late, what is solved."""
    assert marks(TWICE, replace(SCHEME, first_verdict=True))[2] == 0
    assert marks(FORGOTTEN, replace(SCHEME, overdue_counts=False))[1] is Mark.OPEN
    slow_again = [*QUICK[:4], ("reopen", at("09-16 09:00"), {}), ("answer", at("10-20 09:00"), {})]
    assert marks(slow_again)[0] is Mark.GOOD
    assert marks(slow_again, replace(SCHEME, every_round=True))[0] is Mark.BAD
    kinder = replace(
        SCHEME, resolved=SCHEME.resolved | {"refused"}, unresolved=frozenset({"not_possible"})
    )
    assert marks(REFUSED, kinder)[1] is Mark.GOOD


def test_a_scheme_that_makes_no_sense_is_refused() -> None:
    """Every outcome on one side, every number of stars with a weight."""
    for wrong in (
        {"resolved": frozenset({"solved"})},
        {"unresolved": SCHEME.unresolved | {"solved"}},
        {"weights": {5: 100}},
        {"weights": dict.fromkeys(range(1, 6), 101)},
    ):
        with pytest.raises(ValueError, match=r"scheme|outcome|weight"):
            replace(SCHEME, **wrong)


def test_the_scheme_of_the_day_holds() -> None:
    """A new version is for matters from its day on; before all of them the first one holds."""
    later = replace(SCHEME, version="2027", since=date(2027, 1, 1))
    both = (later, SCHEME)
    assert scheme_for(both, date(2026, 12, 31)) is SCHEME
    assert scheme_for(both, date(2027, 1, 1)) is later
    assert scheme_for(both, date(2020, 1, 1)) is SCHEME


def test_closed_without_contact() -> None:
    """Within minutes of the answer and not a word between; a question to them is contact."""
    assert judged(SLOW).hasty
    assert not judged(QUICK).hasty
    asked: list[Told] = [*SLOW[:2], ("ask", at("09-22 10:02"), {}), *SLOW[2:]]
    assert not judged(asked).hasty
    again: list[Told] = [
        *QUICK[:4],
        ("reopen", at("09-16 09:00"), {}),
        ("close", at("09-18 09:00"), {"outcome": "solved"}),
    ]
    assert judged(again).hasty, "nothing was answered in the second round"


def test_time_alone_turns_a_matter_and_says_when() -> None:
    """Until then nothing changes, and right afterwards it does."""
    opened = FORGOTTEN[0][1]
    first = judged(FORGOTTEN, moment=opened)
    assert first.turns_at is not None
    moment = timedelta(microseconds=1)
    assert judged(FORGOTTEN, moment=first.turns_at).response is Mark.OPEN
    second = judged(FORGOTTEN, moment=first.turns_at + moment)
    assert second.response is Mark.BAD
    assert second.turns_at is not None
    assert judged(FORGOTTEN, moment=second.turns_at).resolution is Mark.OPEN
    last = judged(FORGOTTEN, moment=second.turns_at + moment)
    assert (last.resolution, last.turns_at) == (Mark.BAD, None)


VERBS = [verb.value for verb in Verb if verb is not Verb.OPEN]
OUTCOMES = sorted((SCHEME.resolved | SCHEME.unresolved) - {"refused"})


def timeline(chance: random.Random) -> list[Told]:
    """Steps in any order that nobody would take."""
    moment = datetime(2026, 9, 14, tzinfo=UTC) + timedelta(minutes=chance.randrange(9999))
    told: list[Told] = [("open", moment, {"terms": chance.choice(("ordinary", "urgent"))})]
    for _step in range(chance.randrange(9)):
        moment += timedelta(minutes=chance.choice((0, 1, 5, 60, 900, 5000)))
        data: dict[str, object] = {}
        verb = chance.choice(VERBS)
        if verb == "close":
            data["outcome"] = chance.choice(OUTCOMES)
        if verb == "rate" or (verb == "reopen" and chance.random() < 0.5):
            data["stars"] = chance.randint(1, 5)
        told.append((verb, moment, data))
    return told


@pytest.mark.parametrize("seed", range(20))
def test_sums_of_anything(seed: int) -> None:
    """Parts make up the whole, one more matter changes its own cell only, order does not matter."""
    chance = random.Random(seed)
    cells: dict[tuple[str, str], Tally] = {}
    whole = Tally()
    for _matter in range(100):
        told, key = timeline(chance), (chance.choice("ABC"), chance.choice("xyz"))
        found, excluded = judged(told), chance.random() < 0.1
        one = tally_of(found, excluded=excluded)
        before = dict(cells)
        cells[key] = cells.get(key, Tally()) + one
        whole += one
        assert {k: v for k, v in cells.items() if k != key} == {
            k: v for k, v in before.items() if k != key
        }
        _sound(one, found, excluded=excluded)
        assert _shuffled(told, chance) == found
    assert total(cells.values()) == whole
    by_first: Counter[str] = Counter()
    for (first, _second), tally in cells.items():
        by_first[first] += tally.matters
    assert sum(by_first.values()) == whole.matters == 100


def _shuffled(told: list[Told], chance: random.Random) -> Judgement:
    """The judgement with deeds told in another order; the clock hears them as they came."""
    deeds: list[Deed] = deeds_of(told)
    chance.shuffle(deeds)
    return judge(deeds, clock(events_of(told), calendar(), POLICY, at=NOW), SCHEME)


def _sound(one: Tally, found: Judgement, *, excluded: bool) -> None:
    if excluded:
        assert one == Tally(matters=1, excluded=1)
        return
    assert one.answers == (found.response in DECIDED)
    assert one.in_time <= one.answers <= 1
    assert one.resolved <= one.ended <= 1
    assert one.points <= 100 * one.rated <= 100
    assert (found.turns_at is None) or found.turns_at >= NOW


def test_per_cent_never_flatters() -> None:
    """All is 100 and none is 0; nearly all is 99."""
    assert [per_cent(x) for x in (None, 0.0, 0.001, 0.5, 0.999, 1.0)] == [None, 0, 1, 50, 99, 100]
