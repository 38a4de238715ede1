"""Lead and colleagues: asked, done or declined, and nothing left open when a matter ends."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.permits.world import signed_in
from zhitong.kernel.errors import Invalid, NotFound, Stale
from zhitong.kernel.identity import sign_ins
from zhitong.kernel.identity.models import Account, Post, Role
from zhitong.kernel.scope import Scope, acting
from zhitong.loop import actions, queries
from zhitong.loop.actions.returning import NotYours
from zhitong.loop.actions.tasks import (
    NotAsked,
    OpenTasks,
    cancel_task,
    end_task,
    set_task,
)
from zhitong.loop.domain import Verb
from zhitong.loop.domain.tasks import fits, open_tasks
from zhitong.loop.models import Matter, Task
from zhitong.loop.queries import tasks
from zhitong.loop.tests.county import County, by_link, said

days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
MORE = frozenset({"loop.set_task", "loop.end_task", "loop.cancel_task"})


@given(days, days, st.none() | days)
def test_a_task_is_due_within_the_matters_own_time(
    due_on: date, today: date, end_on: date | None
) -> None:
    """Never before today, never after the matter's end; today is always possible."""
    assert fits(today, today=today, end_on=end_on)
    if fits(due_on, today=today, end_on=end_on):
        assert due_on >= today
        assert due_on in (today, due_on if due_on <= (end_on or today) else today)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([Verb.SET_TASK, Verb.END_TASK, Verb.NOTE]), st.sampled_from("abc")
        )
    )
)
def test_open_is_what_was_set_and_not_ended(told: list[tuple[Verb, str]]) -> None:
    """Reckoned from the timeline alone, other steps make no difference."""
    known = set()
    for verb, task in told:
        known |= {task} if verb is Verb.SET_TASK else set()
        known -= {task} if verb is Verb.END_TASK else set()
    assert open_tasks((verb, {"task": task}) for verb, task in told) == len(known)


def may(scope: Scope) -> Scope:
    """The same person, who may ask colleagues and be asked."""
    return replace(scope, permits=scope.permits | MORE)


def today() -> date:
    return timezone.localdate()


def asked(county: County, matter: Matter, text: str = "请核实电表归属") -> UUID:
    """The office asks the station."""
    with acting(may(county.officer)):
        return set_task(id=matter.pk, post=county.station.pk, text=text, due_on=today())


def test_asked_and_done(county: County, matter: Matter) -> None:
    """The other post finds it on its list, and the lead finds the words on the timeline."""
    id = asked(county, matter)
    with acting(may(county.clerk)):
        (row,) = tasks.asked_of(county.clerk.posts)
        assert (row.pk, row.matter.owner) == (id, county.office)
        end_task(id=id, done=True, answer="属供电公司")
        assert tasks.asked_of(county.clerk.posts) == []
        assert [one.pk for one in tasks.ended_lately(county.clerk.posts)] == [id]
        with pytest.raises(Stale):
            end_task(id=id, done=False, answer="晚了")
    with acting(county.officer):
        steps = queries.timeline(matter, public_only=False)
        assert [step.verb for step in steps] == ["open", "set_task", "end_task"]
        assert open_tasks((step.verb, step.data) for step in steps) == 0
    with acting(by_link("nonce-1")):
        steps = queries.timeline(queries.by_link(), public_only=True)
        assert [step.verb for step in steps] == ["open"]


def test_who_asks_whom(county: County, matter: Matter) -> None:
    """Only the lead asks; only a post that sees the matter by its place is asked."""
    away = Post.objects.get(name="临齐街道派出所")
    with acting(may(county.clerk)), pytest.raises(NotYours):
        set_task(id=matter.pk, post=county.station.pk, text="x", due_on=today())
    with acting(may(county.officer)):
        wrongs: tuple[dict[str, Any], ...] = (
            {"post": away.pk},
            {"post": county.office.pk},
            {"text": " "},
            {"due_on": today() - timedelta(days=1)},
            {"due_on": today() + timedelta(days=90)},
        )
        for wrong in wrongs:
            good: dict[str, Any] = {
                "post": county.station.pk, "text": "x", "due_on": today()
            }  # fmt: skip
            with pytest.raises(Invalid) as refused:
                set_task(id=matter.pk, **{**good, **wrong})
            assert set(refused.value.fields) == set(wrong)
    assert not _rows(county)


def _rows(county: County) -> list[Task]:
    with acting(county.clerk):
        return list(Task.objects.all())


def test_only_who_was_asked_ends_it_and_only_the_lead_cancels(
    county: County, matter: Matter
) -> None:
    """A stranger does not even find it."""
    id = asked(county, matter)
    with acting(may(county.officer)), pytest.raises(NotAsked):
        end_task(id=id, done=True, answer="x")
    with acting(may(county.clerk)), pytest.raises(NotYours):
        cancel_task(id=id, reason="x")
    with acting(may(county.stranger)), pytest.raises(NotFound):
        end_task(id=id, done=True, answer="x")
    with acting(may(county.officer)):
        cancel_task(id=id, reason="不需要了")
    assert [row.state for row in _rows(county)] == ["cancelled"]


def test_nothing_ends_over_open_work_unless_somebody_says_why(county: County) -> None:
    """Closing, answering and closing at once, refusing."""
    first, second, third = (said("路灯坏了", f"open-{n}") for n in range(3))
    for one in (first, second, third):
        with acting(county.officer):
            actions.take(id=one.pk)
        asked(county, one)
    with acting(county.officer):
        with pytest.raises(OpenTasks):
            actions.answer(id=first.pk, text="修好了", outcome="solved")
        assert queries.matter(first.pk).stage == "owned"
        actions.answer(id=first.pk, text="修好了", outcome="solved", cancel_tasks="已自行解决")
        actions.answer(id=second.pk, text="修好了")
        version = queries.matter(second.pk).version
        with pytest.raises(OpenTasks):
            actions.close(id=second.pk, outcome="solved", version=version)
        with pytest.raises(Stale):
            actions.close(id=second.pk, outcome="solved", version=1, cancel_tasks="不用了")
        actions.close(id=second.pk, outcome="solved", version=version, cancel_tasks="不用了")
        with pytest.raises(OpenTasks):
            actions.refuse(id=third.pk, reason="不归公安管")
        actions.refuse(id=third.pk, reason="不归公安管", cancel_tasks="不用了")
    assert {row.state for row in _rows(county)} == {"cancelled"}


def test_what_the_resident_took_back_is_off_the_list(county: County, matter: Matter) -> None:
    """Nobody works on what nobody wants any more."""
    asked(county, matter)
    with acting(by_link("nonce-1")):
        actions.withdraw(id=matter.pk)
    with acting(may(county.clerk)):
        assert tasks.asked_of(county.clerk.posts) == []
    role = Role.objects.get(name="officer")
    role.permits = [*role.permits, *MORE]
    role.save()
    browser = Client()
    account = Account.objects.get(username="wangjianguo")
    browser.cookies[sign_ins.COOKIE] = signed_in(account=account)
    assert "不再需要" in browser.get(f"/m/{matter.code}/tasks").text


@pytest.fixture
def desks(county: County) -> dict[str, Client]:
    """Officer and clerk at their desks."""
    role = Role.objects.get(name="officer")
    role.permits = [*role.permits, *MORE]
    role.save()
    found = {}
    for name in ("wangjianguo", "lixiulan"):
        browser = found[name] = Client()
        account = Account.objects.get(username=name)
        browser.cookies[sign_ins.COOKIE] = signed_in(account=account)
    return found


def test_on_the_pages(county: County, matter: Matter, desks: dict[str, Client]) -> None:
    """Asked, done, and closed with a reason; without a script."""
    officer, clerk = desks["wangjianguo"], desks["lixiulan"]
    address = f"/m/{matter.code}/tasks"
    good = {
        "post": str(county.station.pk), "text": "请核实", "due_on": str(today()), "version": "1",
    }  # fmt: skip
    late = officer.post(address, good | {"due_on": "2020-01-01"})
    assert (late.status_code, "请核实" in late.text) == (400, True)
    assert officer.post(address, good, follow=True).status_code == 200
    assert officer.post(address, good).status_code == 409
    assert "请核实" in clerk.get("/tasks").text
    with acting(county.officer):
        actions.take(id=matter.pk)
        version = queries.matter(matter.pk).version
    answer = {"text": "修好了", "outcome": "solved", "version": str(version)}
    refused = officer.post(f"/m/{matter.code}/answer", answer)
    assert (refused.status_code, "协办" in refused.text) == (409, True)
    (row,) = _rows(county)
    done = clerk.post(f"/tasks/{row.pk}", {"answer": "已核实属实", "do": "done"}, follow=True)
    assert "没有需要协办的事" in done.text
    assert "已核实属实" in officer.get(f"/m/{matter.code}").text
