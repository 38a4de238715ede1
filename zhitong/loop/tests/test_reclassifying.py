"""Correcting what a matter is about: other limits from then on, told only where it matters."""

from dataclasses import replace

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.permits.world import signed_in
from zhitong.kernel.bus.models import Event
from zhitong.kernel.errors import Denied, Invalid, Stale
from zhitong.kernel.identity import sign_ins
from zhitong.kernel.identity.models import Account, Role
from zhitong.kernel.scope import Scope, acting
from zhitong.loop import actions, queries
from zhitong.loop.actions.reclassifying import reclassify
from zhitong.loop.categories import CATEGORIES
from zhitong.loop.domain.clock import Event as Heard
from zhitong.loop.domain.clock import Kind
from zhitong.loop.domain.lives import terms_of
from zhitong.loop.domain.policy import same_promise
from zhitong.loop.models import Matter
from zhitong.loop.policies import delivered
from zhitong.loop.tests.clocks import at
from zhitong.loop.tests.county import County, by_link, said

names = st.sampled_from(["ordinary", "prompt", "urgent", "unknown", ""])
MAY = "loop.reclassify"
URGENT = next(one.code for one in CATEGORIES.values() if one.terms == "urgent")
ORDINARY = [one.code for one in CATEGORIES.values() if one.terms == "ordinary"]


@given(names, names, names)
def test_the_same_promise_is_an_equality(one: str, other: str, third: str) -> None:
    """With itself always, both ways, and passed along."""
    policy = delivered()
    assert same_promise(policy, one, one)
    assert same_promise(policy, one, other) == same_promise(policy, other, one)
    if same_promise(policy, one, other) and same_promise(policy, other, third):
        assert same_promise(policy, one, third)


@given(st.lists(names))
def test_the_last_terms_that_were_named_hold(told: list[str]) -> None:
    """Steps that name none change nothing."""
    events = [Heard(at("11-23 09:00"), Kind.RETERMED, name) for name in told]
    assert terms_of(events) == next((name for name in reversed(told) if name), "")


def may(scope: Scope) -> Scope:
    return replace(scope, permits=scope.permits | {MAY})


def test_other_limits_hold_from_then_on(county: County) -> None:
    """What is used stays used, the owner stays, and the resident reads why."""
    with time_machine.travel(at("11-23 09:00"), tick=False) as time:
        matter = said("有人在门口转悠", "kind-1", category=ORDINARY[0])
        time.move_to(at("11-23 21:00"))
        with acting(may(county.officer)):
            assert reclassify(id=matter.pk, category=URGENT, reason="涉及人身安全")
            found = queries.matter(matter.pk)
            assert (found.category, found.owner) == (URGENT, county.office)
            assert found.due_at == at("11-23 21:30")  # half of the hour is left
        with acting(by_link("kind-1")):
            steps = queries.timeline(queries.by_link(), public_only=True)
            assert [step.verb for step in steps] == ["open", "reclassify"]
    fact = Event.objects.get(name="loop.MatterReclassified")
    assert fact.body["told"] is True


def test_the_same_promise_is_no_news(county: County) -> None:
    """The resident is not bothered; the due time does not move."""
    matter = said("路灯坏了", "kind-2", category=ORDINARY[0])
    with acting(may(county.officer)):
        assert not reclassify(id=matter.pk, category=ORDINARY[1], reason="选错了")
        assert queries.matter(matter.pk).due_at == matter.due_at
    with acting(by_link("kind-2")):
        assert len(queries.timeline(queries.by_link(), public_only=True)) == 1


def test_there_and_back_is_the_same_clock(county: County) -> None:
    """Nothing is won or lost by an error that is mended."""
    with time_machine.travel(at("11-23 09:00"), tick=False):
        matter = said("路灯坏了", "kind-3", category=ORDINARY[0])
        with acting(may(county.officer)):
            reclassify(id=matter.pk, category=URGENT, reason="误选")
            reclassify(id=matter.pk, category=ORDINARY[0], reason="改回")
            assert queries.matter(matter.pk).due_at == matter.due_at


def test_what_is_refused(county: County, matter: Matter) -> None:
    """No such category, the same one, no reason, an old page, no permit."""
    with acting(may(county.officer)):
        for category, reason in (("x", "x"), (matter.category, "x"), (URGENT, " ")):
            with pytest.raises(Invalid):
                reclassify(id=matter.pk, category=category, reason=reason)
        with pytest.raises(Stale):
            reclassify(id=matter.pk, category=URGENT, reason="x", version=9)
        actions.take(id=matter.pk)
    with acting(county.officer), pytest.raises(Denied):
        reclassify(id=matter.pk, category=URGENT, reason="x")


def test_on_the_page(county: County, matter: Matter) -> None:
    """Chosen from the list, with the reason; what was typed stays."""
    role = Role.objects.get(name="officer")
    role.permits = [*role.permits, MAY]
    role.save()
    browser = Client()
    account = Account.objects.get(username="wangjianguo")
    browser.cookies[sign_ins.COOKIE] = signed_in(account=account)
    address = f"/m/{matter.code}/category"
    assert browser.get(address).status_code == 200
    same = browser.post(address, {"category": matter.category, "reason": "错了", "version": "1"})
    assert (same.status_code, "错了" in same.text) == (400, True)
    good = {"category": URGENT, "reason": "涉及安全", "version": "1"}
    page = browser.post(address, good, follow=True).text
    assert "涉及安全" in page
    old = good | {"category": ORDINARY[0]}
    assert browser.post(address, old).status_code == 409
