"""Reminding in earnest: by the timer, in duty hours, each rung once, and told on one page."""

import pytest
import time_machine

from zhitong.kernel.scope import acting
from zhitong.loop import actions, queries
from zhitong.loop.domain.ladder import Rung
from zhitong.loop.models import Matter, Reminder
from zhitong.loop.tests.clocks import at
from zhitong.loop.tests.county import County, said
from zhitong.loop.timers import remind_in_duty_hours

pytestmark = pytest.mark.usefixtures("county")


def rungs(county: County) -> list[tuple[str, int, str]]:
    with acting(county.clerk):
        rows = Reminder.objects.select_related("post").order_by("id")
        return [(row.target, row.rung, row.post.name) for row in rows]


def test_each_rung_is_told_once_and_to_whom_it_concerns(county: County) -> None:
    """Half and four fifths to the owner, late to the station, long late to the bureau."""
    with time_machine.travel(at("11-23 09:00"), tick=False) as time:
        matter = said("路灯坏了", "rung-1")
        with acting(county.officer):
            actions.take(id=matter.pk)
        assert remind_in_duty_hours() == 0
        for moment in ("11-24 15:00", "11-25 14:30", "11-26 09:30", "11-27 17:00"):
            time.move_to(at(moment))
            assert remind_in_duty_hours() >= 1
            assert remind_in_duty_hours() == 0
    answers = [each[1:] for each in rungs(county) if each[0] == "response"]
    assert answers == [
        (Rung.HALF, "北街警务室"),
        (Rung.MOST, "北街警务室"),
        (Rung.OVER, "安德街道派出所"),
        (Rung.FAR, "陵城区公安分局"),
    ]


def test_nobody_is_reminded_at_night(county: County) -> None:
    """What is reached at midnight is told in the morning."""
    with time_machine.travel(at("11-23 09:00"), tick=False) as time:
        said("路灯坏了", "rung-2")
        time.move_to(at("11-24 02:00"))
        assert remind_in_duty_hours() == 0
        time.move_to(at("11-24 08:31"))
        assert remind_in_duty_hours() == 1
    assert rungs(county) == [("dispatch", Rung.MOST, "北街警务室")]


def test_what_is_answered_in_time_reminds_nobody_of_the_answer(county: County) -> None:
    """A step lets the matter be looked at anew, and then only at its next mark."""
    with time_machine.travel(at("11-23 09:00"), tick=False) as time:
        matter = said("路灯坏了", "rung-3")
        remind_in_duty_hours()
        with acting(county.officer):
            actions.take(id=matter.pk)
            actions.answer(id=matter.pk, text="今天去看")
            assert Matter.objects.get(pk=matter.pk).remind_at is None
        remind_in_duty_hours()
        with acting(county.officer):
            assert Matter.objects.get(pk=matter.pk).remind_at == at("11-30 09:00")
            assert queries.to_look_at() == []
        time.move_to(at("11-27 10:00"))
        assert remind_in_duty_hours() == 0
    assert rungs(county) == []
