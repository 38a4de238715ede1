"""The relay: once, in order, in turn, and visible when it cannot."""

from datetime import timedelta

import pytest
import time_machine
from django.utils.timezone import now

from zhitong.kernel.bus import backoff
from zhitong.kernel.bus.claim import LEASE, WINDOW, WORKER_DIED, claim
from zhitong.kernel.bus.emit import LISTENERS, reacts_to
from zhitong.kernel.bus.models import Delivery, Event
from zhitong.kernel.bus.relay import UNKNOWN, Relay, relay
from zhitong.kernel.bus.tests.facts import HERE, Left, Rang, say
from zhitong.kernel.scope import Scope, current

pytestmark = pytest.mark.django_db


def make_due() -> None:
    Delivery.objects.filter(done_at=None).update(next_try_at=now())


def test_a_fact_reaches_each_listener_once_in_its_own_scope():
    heard: list[tuple[str, Rang, Scope]] = []

    @reacts_to(Rang, permits={"bell.answer"})
    def answer(fact: Rang) -> None:
        heard.append(("answer", fact, current()))

    @reacts_to(Rang, permits=set())
    def count(fact: Rang) -> None:
        heard.append(("count", fact, current()))

    say(Rang("front", 2))
    assert relay() == 2
    assert relay() == 0
    assert sorted(name for name, _, _ in heard) == ["answer", "count"]
    scope = next(scope for name, _, scope in heard if name == "answer")
    assert heard[0][1] == Rang("front", 2)
    assert scope.reach.subtrees == (HERE,)
    assert scope.permits == {"bell.answer"}
    assert scope.actor == f"system:{answer.__module__}.answer"
    assert scope.purpose == Event.objects.get().name


def test_a_fact_without_a_place_gives_no_reach():
    reaches = []
    reacts_to(Rang, permits=set())(lambda _fact: reaches.append(current().reach))
    say(Rang("front"), path="")
    relay()
    assert reaches[0].subtrees == ()


def test_facts_about_one_thing_come_in_order_and_a_failing_one_holds_its_line_only():
    heard: list[tuple[str, int]] = []
    broken = {"front"}

    @reacts_to(Rang, permits=set())
    def listen(fact: Rang) -> None:
        if fact.bell in broken and fact.times == 1:
            raise ValueError("not yet")
        heard.append((fact.bell, fact.times))

    say(*(Rang(bell, times) for times in (1, 2, 3) for bell in ("front", "back")))
    relay()
    assert heard == [("back", 1), ("back", 2), ("back", 3)]
    broken.clear()
    make_due()
    relay()
    assert heard[3:] == [("front", 1), ("front", 2), ("front", 3)]


def test_a_failure_leaves_nothing_and_is_tried_later_each_time():
    @reacts_to(Rang, permits=set())
    def listen(fact: Rang) -> None:
        Event.objects.create(name="x", body={}, aggregate="x", actor="", path="", at=now())
        raise ValueError("the phone number 13912345678 is wrong")

    say(Rang("front"))
    row = Delivery.objects.get()
    for attempts in range(1, backoff.MAX_ATTEMPTS + 1):
        make_due()
        claimed, done = Relay().step()  # once: the wait that is drawn may be none
        assert claimed
        assert not done
        row = Delivery.objects.get()
        assert row.attempts == attempts
        assert row.next_try_at <= now() + timedelta(seconds=backoff.ceiling(attempts))
    assert row.dead_at is not None
    assert row.done_at is None
    assert row.last_error.startswith("ValueError at kernel/bus/tests/test_relay.py")
    assert "139" not in row.last_error
    assert Event.objects.count() == 1
    make_due()
    assert claim("") is None


def test_a_dead_fact_holds_the_line_and_is_passed_by_others():
    heard: list[Rang] = []
    reacts_to(Rang, permits=set())(heard.append)
    say(Rang("front", 1), Rang("front", 2), Rang("back", 1))
    Delivery.objects.filter(event=Event.objects.earliest("pk")).update(dead_at=now())
    relay()
    assert heard == [Rang("back", 1)]


def test_many_held_rows_do_not_hide_a_free_one():
    heard: list[Rang] = []
    reacts_to(Rang, permits=set())(heard.append)
    say(*(Rang("front", times) for times in range(WINDOW + 50)), Rang("back", 1))
    Delivery.objects.filter(event=Event.objects.earliest("pk")).update(dead_at=now())
    relay()
    relay()
    assert heard == [Rang("back", 1)]


def test_listeners_take_turns():
    heard: list[str] = []

    @reacts_to(Rang, permits=set())
    def flooded(fact: Rang) -> None:
        heard.append("flooded")

    @reacts_to(Left, permits=set())
    def quiet(fact: Left) -> None:
        heard.append("quiet")

    say(*(Rang(str(number)) for number in range(40)), Left("li"))
    worker = Relay()
    worker.step()
    worker.step()
    assert "quiet" in heard
    assert len(heard) < 40


def test_an_unknown_listener_is_set_aside_and_heard_when_the_code_is_back():
    heard: list[Rang] = []
    reacts_to(Rang, permits=set())(heard.append)
    say(Rang("front"))
    known = LISTENERS.copy()
    LISTENERS.clear()
    assert relay() == 0
    row = Delivery.objects.get()
    assert (row.last_error, row.attempts, row.dead_at) == (UNKNOWN, 0, None)
    LISTENERS.update(known)
    make_due()
    assert relay() == 1


def test_what_a_dead_worker_left_behind_is_tried_alone_and_counted():
    heard: list[Rang] = []
    reacts_to(Rang, permits=set())(heard.append)
    say(Rang("a"), Rang("b"))
    assert claim("") is not None
    assert relay() == 0
    with time_machine.travel(now() + LEASE + timedelta(seconds=1)):
        taken = claim("")
        assert taken is not None
        assert len(taken.rows) == 1
        assert Delivery.objects.get(pk=taken.rows[0].pk).last_error == WORKER_DIED
    with time_machine.travel(now() + 3 * LEASE):
        assert relay() == 2
    assert len(heard) == 2


def test_a_fact_that_kills_its_worker_every_time_is_given_up():
    reacts_to(Rang, permits=set())(lambda _fact: None)
    say(Rang("a"))
    at = now()
    for _ in range(backoff.MAX_ATTEMPTS + 1):
        with time_machine.travel(at):
            claim("")
        at += LEASE + timedelta(seconds=1)
    assert Delivery.objects.get().dead_at is not None


def test_a_worker_that_lost_its_lease_undoes_what_it_did():
    @reacts_to(Rang, permits=set())
    def listen(fact: Rang) -> None:
        Event.objects.create(name="x", body={}, aggregate="x", actor="", path="", at=now())

    say(Rang("a"))
    worker = Relay()
    stale = claim("")
    assert stale is not None
    Delivery.objects.update(lease="0190a0a0-0000-7000-8000-000000000000")
    assert worker._hear(stale, stale.rows[0]) is False
    assert Event.objects.count() == 1
    assert Delivery.objects.get().attempts == 0


def test_a_claim_about_to_run_out_is_given_back():
    reacts_to(Rang, permits=set())(lambda _fact: None)
    say(Rang("a"))
    taken = claim("")
    assert taken is not None
    with time_machine.travel(now() + LEASE):
        assert Relay()._hear(taken, taken.rows[0]) is False
        assert Delivery.objects.get().lease is None
        assert relay() == 1
