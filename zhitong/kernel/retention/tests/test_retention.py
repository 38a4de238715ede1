"""What is over goes, what is not stays, and no table is without a rule."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from zhitong.kernel.bus.models import Delivery, Event
from zhitong.kernel.clock import now
from zhitong.kernel.identity.models import OneTimeCode, SignIn, Throttle
from zhitong.kernel.retention.registry import RETENTION, SWEEP, Kind, every_row, keep
from zhitong.kernel.retention.rules import KEEP_FACTS
from zhitong.kernel.retention.sweeping import BATCH, overdue, sweep
from zhitong.kernel.sms.models import SmsMessage
from zhitong.kernel.timers import TIMERS

DAY = timedelta(days=1)
OLD = KEEP_FACTS + DAY


def happened(ago: timedelta) -> Event:
    return Event.objects.create(
        name="loop.MatterClosed", body={}, aggregate="1", actor="public", path="", at=now() - ago
    )


def owed(event: Event, **state: Any) -> Delivery:
    return Delivery.objects.create(
        event=event, listener="somebody", aggregate="1", next_try_at=event.at, **state
    )


def test_every_model_has_a_rule_and_no_rule_is_left_over():
    assert {model._meta.label for model in apps.get_models()} == set(RETENTION)


def test_whoever_removes_rows_is_a_timer():
    assert {rule.timer for rule in RETENTION.values() if rule.timer} <= set(TIMERS)


def test_what_is_removed_by_the_clock_is_not_anybodys_record():
    swept = [rule for rule in RETENTION.values() if rule.timer and not rule.empties]
    assert {rule.kind for rule in swept} <= {Kind.PASSING, Kind.TRACE, Kind.SERVING}
    assert all(rule.expired for rule in swept)


def test_records_are_ended_at_night_and_leave_what_is_counted():
    records = [rule for rule in RETENTION.values() if rule.empties]
    assert records
    assert {rule.kind for rule in records} == {Kind.RECORD}
    assert all(rule.leaves and rule.leaves.stamp for rule in records)


def test_a_second_rule_is_refused():
    with pytest.raises(ValueError, match="a rule about"):
        keep("loop.Matter", Kind.PASSING, lasts="a minute", then="gone")


@pytest.mark.django_db
def test_old_facts_go_with_their_deliveries():
    old, young = happened(OLD), happened(KEEP_FACTS - DAY)
    owed(old, done_at=now())
    owed(young, done_at=now())
    assert overdue()["bus.Event"] == 1
    assert sweep()["bus.Event"] == 1
    assert list(Event.objects.all()) == [young]
    assert Delivery.objects.get().event == young


@pytest.mark.django_db
@pytest.mark.parametrize("state", [{}, {"dead_at": now()}], ids=["waiting", "dead"])
def test_a_fact_that_somebody_has_not_heard_stays(state):
    event = happened(OLD)
    owed(event, **state)
    owed(happened(OLD), done_at=now())
    assert sweep()["bus.Event"] == 1
    assert Event.objects.get() == event


@pytest.mark.django_db
def test_more_than_a_batch_goes_in_one_sweep():
    many = BATCH + 3
    Event.objects.bulk_create(
        Event(name="x", body={}, aggregate="1", actor="public", path="", at=now() - OLD)
        for _row in range(many)
    )
    assert sweep()["bus.Event"] == many
    assert sweep()["bus.Event"] == 0


def a_counter(ago: timedelta) -> None:
    Throttle.objects.create(key=str(ago), tries=1, since=now() - ago, until=now() - ago)


def a_code(ago: timedelta) -> None:
    at = now() - ago
    OneTimeCode.objects.create(
        phone="13800000000", phone_index="i", digest="d", made_at=at, expires_at=at
    )


def a_sign_in(ago: timedelta) -> None:
    at = now() - ago
    SignIn.objects.create(
        digest=str(ago), resident_key="somebody", stage="open", started_at=at, last_seen_at=at
    )


def a_message(ago: timedelta) -> None:
    at = now() - ago
    SmsMessage.objects.create(
        phone="13800000000", text="hello", reason="test", made_at=at, next_try_at=at
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "make", "ages"),
    [
        ("identity.Throttle", a_counter, (timedelta(days=1), timedelta(hours=-1))),
        ("identity.OneTimeCode", a_code, (timedelta(hours=2), timedelta(minutes=50))),
        ("identity.SignIn", a_sign_in, (timedelta(days=181), timedelta(days=179))),
        ("sms.SmsMessage", a_message, (timedelta(days=8), timedelta(days=6))),
    ],
)
def test_the_timers_that_were_there_keep_to_the_rules(
    model: str, make: Callable[[timedelta], None], ages: tuple[timedelta, timedelta]
):
    for age in ages:
        make(age)
    assert overdue()[model] == 1
    assert model not in sweep()
    timer = RETENTION[model].timer
    assert timer != SWEEP
    TIMERS[timer].run()
    assert overdue()[model] == 0
    assert every_row(model).count() == 1


@pytest.mark.django_db
def test_counting_what_is_over_changes_nothing():
    owed(happened(OLD), done_at=now())
    overdue()
    assert Event.objects.count() == 1
