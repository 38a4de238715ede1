"""Reminders and escalation: in order, each rung once, and never for what is merged."""

import random
from datetime import datetime

from zhitong.loop.domain.clock import Event, Kind, clock
from zhitong.loop.domain.ladder import Rung, next_look, reached
from zhitong.loop.domain.policy import Target
from zhitong.loop.tests.clocks import POLICY, STEP, at, calendar, heard, sequence

OPENED = ("09-14 09:00", Kind.OPENED)
TAKEN = ("09-14 09:30", Kind.TAKEN)


def rungs(moment: datetime, events: list[Event]) -> dict[Target, Rung]:
    office = calendar()
    return {
        each.target: each.rung for each in reached(clock(events, office, POLICY, at=moment), office)
    }


def test_half_most_over_far() -> None:
    """Three working days for the answer: half at noon of the second day, and so on."""
    events = heard(OPENED, TAKEN)
    told = {
        "09-14 17:00": None,
        "09-15 15:00": Rung.HALF,
        "09-16 14:00": Rung.MOST,
        "09-17 09:00": Rung.MOST,
        "09-17 09:01": Rung.OVER,
        "09-18 17:00": Rung.FAR,
    }
    for moment, rung in told.items():
        assert rungs(at(moment), events).get(Target.RESPONSE) == rung, moment


def test_a_merged_or_ended_matter_reminds_nobody() -> None:
    """Whatever was late before."""
    for kind in (Kind.MERGED, Kind.CLOSED, Kind.WITHDRAWN):
        events = heard(OPENED, TAKEN, ("09-22 10:00", kind))
        assert rungs(at("12-01 10:00"), events) == {}


def test_looking_again_at_the_next_mark_misses_no_rung() -> None:
    """Between two looks nothing changes; at every look something has."""
    chance, office = random.Random(3), calendar()
    for _life in range(2_000):
        events = sequence(chance)
        moment = events[-1].at + chance.randrange(300) * STEP
        for _look in range(25):
            seen = clock(events, office, POLICY, at=moment)
            following = next_look(seen, office)
            if following is None:
                break
            between = moment + (following - moment) / 2
            assert rungs(between, events) == rungs(moment, events)
            assert rungs(following, events) != rungs(moment, events)
            moment = following
        else:
            raise AssertionError("the ladder has no end")
