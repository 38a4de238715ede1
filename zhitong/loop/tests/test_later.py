"""An answer for later: never at night, exactly once, and not to a matter that has moved on."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from zhitong.kernel.errors import Denied, Invalid, NotFound, Refusal, Stale
from zhitong.kernel.identity.models import Account, Appointment
from zhitong.kernel.scope import acting
from zhitong.loop import actions, queries
from zhitong.loop.actions import later
from zhitong.loop.domain.later import Quiet, TooFar, TooSoon, goes_out
from zhitong.loop.models import Draft, Matter, Step
from zhitong.loop.tests.clocks import at
from zhitong.loop.tests.county import County, by_link, lacking, said
from zhitong.loop.timers import send_waiting_answers

ZONES = [ZoneInfo(name) for name in ("Asia/Shanghai", "America/New_York", "Australia/Lord_Howe")]
START = datetime(2026, 1, 1, tzinfo=UTC)
moments = st.integers(0, 2 * 365 * 24 * 60 * 6).map(
    lambda tens: START + timedelta(seconds=10 * tens)
)
quiets = st.builds(Quiet, st.times(), st.times(), st.sampled_from(ZONES)).map(
    lambda quiet: Quiet(
        quiet.begins.replace(second=0, microsecond=0),
        quiet.ends.replace(second=0, microsecond=0),
        quiet.zone,
    )
)


@given(moments, quiets)
def test_nobody_is_woken_and_nothing_waits_longer_than_it_must(at: datetime, quiet: Quiet) -> None:
    found = quiet.awake(at)
    assert found >= at
    if not quiet.holds(at):
        assert found == at
        return
    assert found - at <= timedelta(hours=26)
    wall = found.astimezone(quiet.zone)
    assert wall.time() >= quiet.ends  # later only where clocks were put forward over it
    assert (
        quiet.holds(found - timedelta(minutes=1))
        or found - at < timedelta(minutes=1)
        or (wall.utcoffset() != (found - timedelta(hours=3)).astimezone(quiet.zone).utcoffset())
    )


@given(moments, st.timedeltas(timedelta(days=-3), timedelta(days=40)), quiets)
def test_it_goes_out_in_the_future_and_within_bounds(
    at: datetime, ahead: timedelta, quiet: Quiet
) -> None:
    furthest = timedelta(days=30)
    try:
        found = goes_out(at + ahead, at=at, quiet=quiet, furthest=furthest)
    except TooSoon:
        assert ahead <= timedelta(0)
    except TooFar:
        assert ahead > furthest - timedelta(hours=26)
    else:
        assert at < found <= at + furthest


def test_the_night_ends_in_the_morning() -> None:
    quiet = Quiet(time(21), time(8), ZONES[0])
    for asked, goes in (
        ("11-23 20:59", "11-23 20:59"),
        ("11-23 21:00", "11-24 08:00"),
        ("11-24 03:00", "11-24 08:00"),
        ("11-24 08:00", "11-24 08:00"),
    ):
        assert quiet.awake(at(asked)) == at(goes)


def in_hand(county: County) -> Matter:
    """A matter that somebody has taken in hand."""
    matter = said("村口的路灯坏了三天了", "later-1")
    with acting(county.officer):
        actions.take(id=matter.pk)
        return queries.matter(matter.pk)


def planned(county: County, matter: Matter, when: str, text: str = "已修好", **more: str) -> Draft:
    with acting(county.officer):
        version = queries.matter(matter.pk).version
        actions.answer_later(id=matter.pk, text=text, at=at(when), version=version, **more)
        found: Draft = Draft.objects.get(box="waiting")
        return found


def answers(county: County, matter: Matter) -> list[Step]:
    with acting(county.officer):
        return list(Step.objects.filter(matter=matter, verb="answer"))


MORNING = "11-23 09:00"


def test_it_goes_out_once_at_its_time_as_its_writer(county: County) -> None:
    with time_machine.travel(at(MORNING), tick=False) as clock:
        owned = in_hand(county)
        due = owned.due_at
        planned(county, owned, "11-23 15:00", outcome="solved")
        clock.move_to(at("11-23 14:59"))
        assert send_waiting_answers() == 0
        with acting(county.officer):
            waits = queries.matter(owned.pk)
            assert (waits.stage, waits.due_at) == ("owned", due)
        clock.move_to(at("11-23 15:00"))
        assert send_waiting_answers() == 1
        assert send_waiting_answers() == 0
        (step,) = answers(county, owned)
        assert (step.text, step.actor, step.label) == (
            "已修好", county.officer.actor, county.officer.label,
        )  # fmt: skip
        assert step.at == at("11-23 15:00")
    with acting(county.officer):
        assert queries.matter(owned.pk).stage == "closed"
        assert not Draft.objects.exists()


def test_a_crash_in_between_loses_nothing_and_doubles_nothing(county: County) -> None:
    """Killed after the draft was taken and before the answer was there: it is as before."""
    with time_machine.travel(at(MORNING), tick=False) as clock:
        owned = in_hand(county)
        planned(county, owned, "11-23 15:00")
        clock.move_to(at("11-23 15:01"))
        with patch.object(later, "answer", side_effect=SystemExit), pytest.raises(SystemExit):
            send_waiting_answers()
        assert answers(county, owned) == []
        assert send_waiting_answers() == 1
        assert len(answers(county, owned)) == 1


def test_of_two_workers_one_sends(county: County) -> None:
    """Both have read the row; the second finds it taken."""
    with time_machine.travel(at(MORNING), tick=False) as clock:
        owned = in_hand(county)
        row = planned(county, owned, "11-23 15:00")
        clock.move_to(at("11-23 15:00"))
        with patch.object(queries, "draft", return_value=row):
            assert send_waiting_answers() == 1
            with patch.object(queries, "due_to_go", return_value=[row.pk]):
                assert send_waiting_answers() == 0
        assert len(answers(county, owned)) == 1


def test_a_new_word_gives_it_back(county: County) -> None:
    """The resident has said something: what was written before may not fit any more."""
    with time_machine.travel(at(MORNING), tick=False) as clock:
        owned = in_hand(county)
        planned(county, owned, "11-23 15:00")
        with acting(by_link("later-1")):
            actions.add(id=owned.pk, text="又坏了一盏")
        clock.move_to(at("11-23 15:00"))
        assert send_waiting_answers() == 0
        assert answers(county, owned) == []
        with acting(county.officer):
            back = queries.beside(owned).answer
            assert back is not None
            assert (back.text, back.came_back) == ("已修好", at("11-23 15:00"))


def test_a_note_among_colleagues_does_not(county: County) -> None:
    with time_machine.travel(at(MORNING), tick=False) as clock:
        owned = in_hand(county)
        planned(county, owned, "11-23 15:00")
        with acting(county.clerk):
            actions.note(id=owned.pk, text="电工说三点能好")
        clock.move_to(at("11-23 15:00"))
        assert send_waiting_answers() == 1


def test_the_evening_waits_for_the_morning(county: County) -> None:
    with time_machine.travel(at(MORNING), tick=False) as clock:
        owned = in_hand(county)
        assert planned(county, owned, "11-23 22:30").goes_out_at == at("11-24 08:00")
        clock.move_to(at("11-23 22:30"))
        assert send_waiting_answers() == 0
        clock.move_to(at("11-24 22:00"))  # nobody worked all day: now it is night again
        assert send_waiting_answers() == 0
        clock.move_to(at("11-25 08:00"))
        assert send_waiting_answers() == 1


def test_it_can_be_changed_and_taken_back(county: County) -> None:
    with time_machine.travel(at(MORNING), tick=False) as clock:
        owned = in_hand(county)
        first = planned(county, owned, "11-23 15:00")
        again = planned(county, owned, "11-23 16:00", "明天修好")
        assert (again.pk, again.text) == (first.pk, "明天修好")
        with acting(county.clerk):
            actions.call_off(id=again.pk)
        clock.move_to(at("11-23 17:00"))
        assert send_waiting_answers() == 0
        with acting(county.officer):
            back = queries.beside(owned).answer
            assert back is not None
            assert (back.text, back.came_back) == ("明天修好", None)
            with pytest.raises(NotFound):
                actions.call_off(id=again.pk)


def test_who_serves_no_more_answers_no_more(county: County) -> None:
    """It goes out with what its writer may do at that moment."""
    with time_machine.travel(at(MORNING), tick=False) as clock:
        owned = in_hand(county)
        planned(county, owned, "11-24 15:00")
        Appointment.objects.filter(account__username="wangjianguo").update(
            ends_on=at("11-23 12:00").date()
        )
        clock.move_to(at("11-24 15:00"))
        assert send_waiting_answers() == 0
        assert answers(county, owned) == []
        with acting(county.clerk):
            assert Draft.objects.get().came_back is not None


def test_a_closed_account_says_nothing(county: County) -> None:
    with time_machine.travel(at(MORNING), tick=False) as clock:
        owned = in_hand(county)
        planned(county, owned, "11-23 15:00")
        Account.objects.filter(username="wangjianguo").update(active=False)
        clock.move_to(at("11-23 15:00"))
        assert send_waiting_answers() == 0
        assert answers(county, owned) == []


def test_one_that_fits_no_more_holds_up_no_other(county: County) -> None:
    with time_machine.travel(at(MORNING), tick=False) as clock:
        owned = in_hand(county)
        planned(county, owned, "11-23 15:00")
        other = said("桥上的护栏松了", "later-2")
        with acting(county.officer):
            actions.take(id=other.pk)
            actions.answer_later(id=other.pk, text="明天修", at=at("11-23 15:01"), version=2)
        with acting(by_link("later-1")):
            actions.withdraw(id=owned.pk)
        clock.move_to(at("11-23 15:02"))
        assert send_waiting_answers() == 1
        assert len(answers(county, other)) == 1


REFUSED: list[tuple[dict[str, Any], type[Refusal]]] = [
    ({"at": at("11-23 09:00")}, Invalid),
    ({"at": at("12-31 09:00")}, Invalid),
    ({"text": " "}, Invalid),
    ({"text": "{{code}}"}, Invalid),
    ({"outcome": "x"}, Invalid),
    ({"version": 1}, Stale),
]


@pytest.mark.parametrize(("sent", "problem"), REFUSED)
def test_what_cannot_be_planned(
    county: County, sent: dict[str, Any], problem: type[Refusal]
) -> None:
    with time_machine.travel(at(MORNING), tick=False):
        owned = in_hand(county)
        good: dict[str, Any] = {"text": "好", "at": at("11-23 15:00"), "version": 2}
        with acting(county.officer), pytest.raises(problem):
            actions.answer_later(id=owned.pk, **(good | sent))
        for lost in ("loop.answer", "loop.answer_later"):
            with acting(lacking(county.officer, lost)), pytest.raises(Denied):
                actions.answer_later(id=owned.pk, **good)
        with acting(county.officer):
            assert not Draft.objects.exists()
