"""What is promised for matters: due times from the clock, questions that wait, new versions."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from zhitong.kernel.bus.relay import relay
from zhitong.kernel.clock import now
from zhitong.kernel.crypto.codes import tracking_code
from zhitong.kernel.errors import Denied, Invalid
from zhitong.kernel.scope import acting
from zhitong.kernel.sms.models import SmsMessage
from zhitong.loop import actions, queries
from zhitong.loop.domain.debts import State
from zhitong.loop.domain.policy import Target
from zhitong.loop.models import Matter, PolicyVersion
from zhitong.loop.policies import delivered
from zhitong.loop.tests.clocks import WORKING_DAY, at
from zhitong.loop.tests.county import County, by_link, said
from zhitong.loop.web import clockwords

MONDAY = at("11-23 09:00")
WRITTEN = """
version = "lingcheng-2"
working_day_hours = 7
[terms.ordinary]
dispatch = "4 working hours"
response = "1 working days"
resolution = "3 working days"
pause = "1 working days"
pauses = 1
"""


def agrees(matter: Matter) -> bool:
    """Whether the kept due time is what the steps give."""
    fresh = queries.matter(matter.pk)
    return fresh.due_at == queries.next_due(fresh.opened_at, queries.life(fresh), at=now())


def test_every_step_keeps_the_due_time_that_the_clock_gives(county: County) -> None:
    """Dispatch first, then the answer, then the end; and nothing once it has ended."""
    with time_machine.travel(MONDAY, tick=False) as time:
        matter = said("路灯坏了", "clock-1")
        assert matter.due_at == MONDAY + timedelta(hours=24)
        with acting(county.officer):
            time.shift(3600)
            actions.take(id=matter.pk)
            assert queries.matter(matter.pk).due_at == at("11-26 09:00")
            time.shift(3600)
            actions.answer(id=matter.pk, text="今天去看")
            assert queries.matter(matter.pk).due_at == at("12-07 09:00")
            assert agrees(matter)
            actions.close(id=matter.pk, outcome="solved")
            assert queries.matter(matter.pk).due_at is None


def test_asking_waits_and_any_word_ends_the_wait(county: County) -> None:
    """The end moves by as long as we waited; the question counts as the first answer."""
    with time_machine.travel(MONDAY, tick=False) as time:
        matter = said("路灯坏了", "clock-2", phone="16900000001")
        with acting(county.officer):
            actions.take(id=matter.pk)
            actions.ask(id=matter.pk, text="是哪一盏？")
            clock = queries.reckoned(matter.opened_at, queries.life(matter))
            assert clock.state is State.WAITING
            assert clock.waiting_until == at("11-30 09:00")
            assert queries.matter(matter.pk).due_at == at("12-14 09:00")
        time.shift(24 * 3600)
        with acting(by_link("clock-2")):
            actions.add(id=matter.pk, text="村委会门口那盏")
            assert queries.by_link().due_at == at("12-08 09:00")
        with acting(county.officer):
            assert agrees(matter)


def test_a_question_is_told_by_text_message_while_it_is_open(county: County) -> None:
    """Who left a number hears of it, once."""
    matter = said("路灯坏了", "clock-3", phone="16900000001")
    with acting(county.officer):
        actions.take(id=matter.pk)
        actions.ask(id=matter.pk, text="是哪一盏？")
    relay()
    assert SmsMessage.objects.count() == 1


def test_a_new_version_holds_for_what_is_opened_under_it(county: County) -> None:
    """An older matter keeps what it was promised."""
    maker = replace(county.clerk, permits=county.clerk.permits | {"loop.adopt_policy"})
    with time_machine.travel(MONDAY, tick=False) as time:
        before = said("路灯坏了", "clock-4")
        time.shift(60)
        with acting(maker):
            assert actions.adopt_policy(written=WRITTEN) == "lingcheng-2"
        after = said("水管坏了", "clock-5")
        with acting(county.officer):
            old, new = (
                queries.reckoned(matter.opened_at, queries.life(matter))
                for matter in (before, after)
            )
        limits = [debt.limit.amount for debt in new.debts if debt.target is Target.RESOLUTION]
        assert limits == [3 * WORKING_DAY]
        assert old.debts[0].limit != new.debts[0].limit


@pytest.mark.parametrize(
    ("written", "starts"),
    [
        ("", None),
        ("not toml [", None),
        (WRITTEN.replace("3 working days", "3 days"), None),
        (WRITTEN.replace("ordinary", "other"), None),
        (WRITTEN.replace("lingcheng-2", delivered().version), None),
        (WRITTEN, timedelta(days=-1)),
    ],
)
def test_what_is_no_policy_is_refused(
    county: County, written: str, starts: timedelta | None
) -> None:
    """Nothing is kept of it."""
    maker = replace(county.clerk, permits=county.clerk.permits | {"loop.adopt_policy"})
    with acting(maker), pytest.raises(Invalid):
        actions.adopt_policy(written=written, starts_at=now() + starts if starts else None)
    with acting(county.clerk), pytest.raises(Denied):
        actions.adopt_policy(written=WRITTEN)
    assert not PolicyVersion.objects.exists()


def test_the_clock_is_told_in_sentences(county: County) -> None:
    """Every promise, what counted and what did not."""
    with time_machine.travel(MONDAY, tick=False) as time:
        matter = said("路灯坏了", "clock-6")
        with acting(county.officer):
            actions.take(id=matter.pk)
            actions.ask(id=matter.pk, text="是哪一盏？")
            time.shift(3600)
            told = clockwords.told(queries.reckoned(matter.opened_at, queries.life(matter)))
    assert [len(each.lines) for each in told.promises] == [1, 1, 2]
    assert "11月30日" in told.waiting
    assert "70" in told.promises[2].lines[0]


def test_the_resident_finds_the_question_and_answers_it(county: County, client: Client) -> None:
    """It stands on top of the tracking page, with a box; afterwards it is gone from there."""
    matter = said("路灯坏了", "clock-7")
    with acting(county.officer):
        actions.take(id=matter.pk)
        actions.ask(id=matter.pk, text="是哪一盏灯？<b>")
    address = f"/t/{tracking_code(channel='web', external_id='clock-7')}"
    page = client.get(address).content.decode()
    assert "我们有个问题想问您" in page
    assert "是哪一盏灯？&lt;b&gt;" in page
    client.post(f"{address}/add", {"text": "村委会门口那盏"})
    assert "我们有个问题想问您" not in client.get(address).content.decode()
