"""Sending back what does not belong here: asked by the owner, decided above, counted."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.permits.world import signed_in
from zhitong.kernel.bus.models import Event
from zhitong.kernel.errors import Invalid, NotFound
from zhitong.kernel.identity import sign_ins
from zhitong.kernel.identity.models import Account, Post, Role
from zhitong.kernel.scope import Scope, acting
from zhitong.loop import actions, queries
from zhitong.loop.actions.returning import (
    NotAbove,
    NotYours,
    ReturnedAlready,
    decide_return,
    send_back,
)
from zhitong.loop.domain.returning import ReturnState, judges, may_decide
from zhitong.loop.models import Matter, Return
from zhitong.loop.queries import returning
from zhitong.loop.tests.clocks import at
from zhitong.loop.tests.county import TOWN, VILLAGE, County, by_link, path_of, said
from zhitong.loop.timers import remind_of_returns

posts = st.lists(st.uuids(), min_size=1, max_size=5, unique=True)
people = st.sampled_from(["staff:a", "staff:b"])


@given(posts, st.sets(st.uuids(), max_size=3), st.data(), people, people)
def test_only_somebody_else_above_decides(
    chain: list[UUID], strangers: set[UUID], data: st.DataObject, actor: str, asked_by: str
) -> None:
    """Not who asked, not the owner's post while there is one above, nobody from elsewhere."""
    held = data.draw(st.sets(st.sampled_from(chain)))
    allowed = may_decide(chain, posts=held | strangers, actor=actor, asked_by=asked_by)
    above = held & set(judges(chain))
    assert allowed == (actor != asked_by and bool(above | (strangers & set(judges(chain)))))
    if len(chain) > 1:
        alone = {chain[0]}
        assert not may_decide(chain, posts=alone, actor=actor, asked_by=asked_by)
    assert not may_decide(chain, posts={uuid4()}, actor="staff:c", asked_by=asked_by)


MORE = frozenset({"loop.send_back", "loop.decide_return"})


def may(scope: Scope) -> Scope:
    """The same person, who may ask and decide."""
    return replace(scope, permits=scope.permits | MORE)


def asked(county: County, matter: Matter) -> UUID:
    """The officer asks to send it to the station."""
    with acting(may(county.officer)):
        return send_back(id=matter.pk, post=county.station.pk, reason="属派出所职责")


def test_nothing_moves_until_it_is_decided(county: County, matter: Matter) -> None:
    """Owner, stage and due time stay; the page says who has to decide, and by when."""
    kept = (matter.owner, matter.stage, matter.due_at)
    asked(county, matter)
    with acting(may(county.clerk)):
        now = queries.matter(matter.pk)
        assert (now.owner, now.stage, now.due_at) == kept
        (row,) = returning.to_decide().rows
        assert (row.of, row.to) == (county.office, county.station)


def test_a_yes_passes_it_on_and_a_no_leaves_it(county: County) -> None:
    """Either way the owner hears why; the resident reads nothing of it."""
    gone, stays = said("路灯坏了", "ret-1"), said("路灯又坏了", "ret-2")
    yes, no = asked(county, gone), asked(county, stays)
    with acting(may(county.clerk)):
        decide_return(id=yes, accepted=True, answer="同意")
        with pytest.raises(Invalid):
            decide_return(id=no, accepted=False, answer=" ")
        decide_return(id=no, accepted=False, answer="先核实现场")
        assert queries.matter(gone.pk).owner == county.station
        assert queries.matter(stays.pk).owner == county.office
        assert [step.verb for step in queries.timeline(gone, public_only=False)][-2:] == [
            "send_back",
            "reassign",
        ]
        with pytest.raises(NotFound):
            decide_return(id=yes, accepted=False, answer="晚了")
    with acting(by_link("ret-1")):
        steps = queries.timeline(queries.by_link(), public_only=True)
        assert [step.verb for step in steps] == ["open"]
    names = set(Event.objects.values_list("name", flat=True))
    assert {"loop.MatterReturned", "loop.ReturnDecided"} <= names


def test_who_may_ask_and_who_may_decide(county: County, matter: Matter) -> None:
    """The owner's post asks, once; somebody above decides, never the one who asked."""
    with acting(may(county.clerk)), pytest.raises(NotYours):
        send_back(id=matter.pk, post=county.station.pk, reason="x")
    with acting(may(county.officer)):
        with pytest.raises(Invalid):
            send_back(id=matter.pk, post=county.office.pk, reason="x")
        away = Post.objects.get(name="临齐街道派出所")
        with pytest.raises(Invalid):
            send_back(id=matter.pk, post=away.pk, reason="x")
    row = asked(county, matter)
    with acting(may(county.officer)):
        with pytest.raises(ReturnedAlready):
            send_back(id=matter.pk, post=county.station.pk, reason="x")
        with pytest.raises(NotAbove):
            decide_return(id=row, accepted=True)
    with acting(may(county.stranger)), pytest.raises(NotFound):
        decide_return(id=row, accepted=True)


def test_what_goes_elsewhere_or_ends_needs_no_decision(county: County) -> None:
    """Passed on, or closed: what was asked lapses. After it was withdrawn it is not listed."""
    passed, closed, withdrawn = (said("路灯坏了", f"lapse-{n}") for n in range(3))
    for one in (passed, closed, withdrawn):
        asked(county, one)
    with acting(county.officer):
        actions.reassign(id=passed.pk, post=county.station.pk, reason="商量好了")
        actions.take(id=closed.pk)
        actions.answer(id=closed.pk, text="修好了", outcome="solved")
    with acting(by_link("lapse-2")):
        actions.withdraw(id=withdrawn.pk)
    with acting(may(county.clerk)):
        assert returning.to_decide().rows == []
        states = Return.objects.order_by("id").values_list("state", flat=True)
        assert list(states)[:2] == [ReturnState.LAPSED, ReturnState.LAPSED]


def test_undecided_in_time_the_post_above_is_told_once(county: County) -> None:
    """Within working hours of the promise; at night nobody is told."""
    with time_machine.travel(at("11-23 09:00"), tick=False) as time:
        matter = said("路灯坏了", "late-1")
        asked(county, matter)
        with acting(county.clerk):
            assert Return.objects.get().due_at - at("11-23 09:00") > timedelta(hours=7)
        assert remind_of_returns() == 0
        time.move_to(at("11-25 02:00"))
        assert remind_of_returns() == 0
        time.move_to(at("11-25 09:00"))
        assert remind_of_returns() == 1
        assert remind_of_returns() == 0
        with acting(county.clerk):
            (row,) = returning.told(county.clerk.posts)
            assert row.told == county.station
            assert returning.told(county.officer.posts) == []


def test_returns_are_counted_by_place_and_period(county: County) -> None:
    """For the board of supervisors: by township, with what became of them."""
    with time_machine.travel(at("11-23 09:00"), tick=False):
        for number, accepted in enumerate((True, False, None)):
            row = asked(county, said("路灯坏了", f"count-{number}"))
            if accepted is not None:
                with acting(may(county.clerk)):
                    decide_return(id=row, accepted=accepted, answer="好")
        with acting(county.clerk):
            found = returning.returned(at("11-23 00:00"), at("11-24 00:00"))
            assert found == {path_of(TOWN): returning.Returned(3, 1, 1)}
            assert returning.returned(at("11-22 00:00"), at("11-23 00:00")) == {}
        with acting(county.stranger):
            assert returning.returned(at("11-23 00:00"), at("11-24 00:00")) == {}


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
    """Asked on the matter's page, decided on the page of returns, without a script."""
    officer, clerk = desks["wangjianguo"], desks["lixiulan"]
    assert "退单" in officer.get(f"/m/{matter.code}").text
    assert "退单" not in clerk.get(f"/m/{matter.code}").text.partition("<main")[2]
    address = f"/m/{matter.code}/send-back"
    wrong = officer.post(address, {"reason": "归派出所", "version": "1"})
    assert (wrong.status_code, "归派出所" in wrong.text) == (400, True)
    good = {"post": str(county.station.pk), "reason": "归派出所", "version": "1"}
    assert officer.post(address, good, follow=True).status_code == 200
    assert officer.post(address, good).status_code == 409
    page = clerk.get("/returns").text
    assert "归派出所" in page
    with acting(county.clerk):
        row = Return.objects.get()
    done = clerk.post(f"/returns/{row.pk}", {"accepted": "1"}, follow=True)
    assert "没有待裁定的退单" in done.text
    with acting(county.clerk):
        assert queries.matter(matter.pk).owner == county.station
    assert VILLAGE in matter.area_path.replace("/", "")
