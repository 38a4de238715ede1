"""From a fact to a partner's server: who is told what, how often, and what never."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from zhitong.kernel.bus.models import Delivery
from zhitong.kernel.bus.relay import relay
from zhitong.kernel.clock import clock_at, now
from zhitong.kernel.errors import Denied, Invalid, NotFound
from zhitong.kernel.scope import Reach, Scope, acting
from zhitong.kernel.webhooks import actions, delivery, owing
from zhitong.kernel.webhooks.domain import MOST_TRIES
from zhitong.kernel.webhooks.models import Webhook, WebhookAttempt, WebhookMessage
from zhitong.kernel.webhooks.tests.receiver import Receiver, proven, receiving
from zhitong.loop import actions as loop
from zhitong.loop.models import Matter
from zhitong.loop.tests.county import OTHER_TOWN, TOWN, County, path_of, said

RECEIVED, OWNED = "loop.MatterReceived", "loop.MatterOwned"
PERMITS = frozenset(
    f"webhooks.{verb}"
    for verb in ("subscribe", "rotate", "end", "resume", "ping", "replay", "watch")
)
LATER = timedelta(minutes=1)


def administrator(path: str = path_of("371403")) -> Scope:
    return Scope("staff:00000000-0000-0000-0000-000000000001", Reach((path,)), PERMITS, "duty")


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """No test knows what another one wanted."""
    owing.forget()
    yield
    owing.forget()


@pytest.fixture
def receiver(db: None) -> Iterator[Receiver]:
    with receiving() as one:
        yield one


def subscribed(receiver: Receiver, *facts: str, path: str = path_of(TOWN)) -> tuple[Webhook, str]:
    """A webhook that began a while ago."""
    with acting(administrator()):
        id, secret = actions.subscribe(
            name="区12345平台", url=receiver.url, facts=facts or (RECEIVED,), path=path
        )
    Webhook.objects.filter(pk=id).update(begins_at=now() - LATER)
    return Webhook.objects.get(pk=id), secret


def heard(matter: Matter) -> list[str]:
    """What is owed about a matter, after the worker has heard everything."""
    relay()
    rows = WebhookMessage.objects.order_by("id")
    return [row.fact for row in rows if json.loads(row.body)["data"]["matter"] == str(matter.pk)]


def test_ids_and_codes_reach_the_partner_signed_and_nothing_else(county, receiver):
    _hook, secret = subscribed(receiver)
    matter = said("村口的路灯坏了", "n1", name="王小明", phone="13812345678")
    assert heard(matter) == [RECEIVED]
    assert delivery.deliver() == 1
    ((headers, body),) = receiver.got
    assert proven(secret, headers, body)
    told = json.loads(body)
    assert told["type"] == RECEIVED
    assert told["data"] == {
        "matter": str(matter.pk),
        "code": matter.code,
        "area": "371403001201",
        "category": "other",
        "stage": "received",
        "round": 1,
    }
    for word in ("路灯", "王小明", "13812345678", "n1"):
        assert word not in body.decode()
    assert delivery.deliver() == 0
    assert WebhookAttempt.objects.get().status == 204


def test_only_what_was_asked_for_and_only_in_its_area(county, receiver):
    subscribed(receiver, OWNED)
    here = said("路灯坏了", "n1")
    away = said("别处的事", "n2", OTHER_TOWN)
    with acting(county.officer):
        loop.take(id=here.pk)
    with acting(county.stranger):
        loop.take(id=away.pk)
    assert heard(here) == [OWNED]
    assert heard(away) == []


def test_nobody_asked_and_nothing_is_owed(county):
    said("路灯坏了", "n1")
    assert not Delivery.objects.exists()


def test_a_webhook_begins_after_it_was_made(county, receiver):
    hook, _secret = subscribed(receiver)
    Webhook.objects.filter(pk=hook.pk).update(begins_at=now() + LATER)
    early = said("路灯坏了", "n1")
    assert heard(early) == []
    Webhook.objects.filter(pk=hook.pk).update(begins_at=now())
    assert heard(said("路灯又坏了", "n2")) == [RECEIVED]


def test_a_failure_is_tried_again_and_then_left_to_a_person(county, receiver):
    hook, _secret = subscribed(receiver)
    receiver.statuses = [500]
    said("路灯坏了", "n1")
    relay()
    at, row = now(), WebhookMessage.objects.get()
    for tries in range(1, MOST_TRIES + 1):
        with clock_at(at):
            assert delivery.deliver() == 0
            assert delivery.deliver() == 0
        row = WebhookMessage.objects.get()
        assert row.attempts == tries
        at = row.next_try_at
    assert row.dead_at
    assert len(receiver.got) == MOST_TRIES
    assert len({headers["webhook-id"] for headers, _body in receiver.got}) == 1
    receiver.statuses = [200]
    with acting(administrator()):
        actions.resume(webhook=hook.pk)
        actions.replay(message=row.pk)
    assert delivery.deliver() == 1


def test_a_receiver_that_asks_to_wait_is_left_alone(county, receiver):
    subscribed(receiver)
    receiver.statuses, receiver.headers = [429], {"Retry-After": "3600"}
    said("路灯坏了", "n1")
    relay()
    before = now()
    delivery.deliver()
    assert WebhookMessage.objects.get().next_try_at >= before + timedelta(minutes=59)


@pytest.mark.parametrize("status", [301, 302, 307, 404])
def test_a_redirect_or_a_refusal_is_a_failure(county, receiver, status):
    subscribed(receiver)
    receiver.statuses, receiver.headers = [status], {"Location": receiver.url}
    said("路灯坏了", "n1")
    relay()
    delivery.deliver()
    assert len(receiver.got) == 1
    assert WebhookMessage.objects.get().delivered_at is None


def test_who_is_gone_or_not_reached_for_days_is_paused(county, receiver):
    hook, _secret = subscribed(receiver)
    receiver.statuses = [410]
    said("路灯坏了", "n1")
    relay()
    delivery.deliver()
    hook.refresh_from_db()
    assert hook.paused_at
    with acting(administrator()):
        actions.resume(webhook=hook.pk)
    receiver.statuses = [500]
    Webhook.objects.update(failing_since=now() - timedelta(days=6))
    delivery.deliver()
    hook.refresh_from_db()
    assert Webhook.objects.get().paused_at
    said("路灯又坏了", "n2")
    relay()
    assert WebhookMessage.objects.count() == 1


def test_both_secrets_sign_for_a_day(county, receiver):
    hook, former = subscribed(receiver)
    with acting(administrator()):
        secret = actions.rotate(webhook=hook.pk)
        actions.ping(webhook=hook.pk)
    delivery.deliver()
    headers, body = receiver.got[-1]
    assert proven(secret, headers, body)
    assert proven(former, headers, body)
    with clock_at(now() + timedelta(days=1, minutes=1)):
        with acting(administrator()):
            actions.ping(webhook=hook.pk)
        delivery.deliver()
    headers, body = receiver.got[-1]
    assert proven(secret, headers, body)
    assert not proven(former, headers, body)
    shown = str(list(Webhook.objects.values()))
    assert former not in shown
    assert secret not in shown


def test_a_dead_worker_loses_no_message(county, receiver):
    subscribed(receiver)
    said("路灯坏了", "n1")
    relay()
    taken = list(delivery._taken())
    for message in taken:
        delivery._let_go(message)
    assert delivery.deliver() == 0
    with clock_at(now() + delivery.LEASE + LATER):
        assert delivery.deliver() == 1


def test_an_ended_webhook_is_told_nothing_more(county, receiver):
    hook, _secret = subscribed(receiver)
    said("路灯坏了", "n1")
    relay()
    with acting(administrator()):
        actions.end(webhook=hook.pk)
        with pytest.raises(NotFound):
            actions.ping(webhook=hook.pk)
    assert delivery.deliver() == 0
    assert receiver.got == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"url": "http://example.com/"}, "url"),
        ({"url": "https://169.254.169.254/latest"}, "url"),
        ({"url": "https://user@example.com/"}, "url"),
        ({"url": "x"}, "url"),
        ({"facts": ["loop.Nothing"]}, "facts"),
        ({"facts": []}, "facts"),
        ({"path": "37/14/02/"}, "path"),
        ({"path": "37/14/03"}, "path"),
        ({"name": " "}, "name"),
    ],
)
def test_what_makes_no_sense_is_refused(db, wrong, field):
    good = {
        "name": "x",
        "url": "https://example.com/in",
        "facts": [RECEIVED],
        "path": path_of(TOWN),
    }
    with acting(administrator()), pytest.raises(Invalid) as refusal:
        actions.subscribe(**good | wrong)
    assert set(refusal.value.fields) == {field}


def test_a_webhook_of_another_area_is_nowhere(county: County, receiver):
    hook, _secret = subscribed(receiver)
    with acting(administrator()):
        message = actions.ping(webhook=hook.pk)
    with acting(administrator("37/14/02/")):
        for act in (actions.rotate, actions.end, actions.resume, actions.ping):
            with pytest.raises(NotFound):
                act(webhook=hook.pk)
        with pytest.raises(NotFound):
            actions.replay(message=message)
    with acting(replace(administrator(), permits=frozenset())), pytest.raises(Denied):
        actions.ping(webhook=hook.pk)


def test_tests_are_few(db, receiver):
    hook, _secret = subscribed(receiver)
    with acting(administrator()):
        for _ in range(actions.PINGS_IN_A_MINUTE):
            actions.ping(webhook=hook.pk)
        with pytest.raises(Invalid):
            actions.ping(webhook=hook.pk)


def test_old_messages_go(db, receiver):
    hook, _secret = subscribed(receiver)
    with acting(administrator()):
        actions.ping(webhook=hook.pk)
    delivery.deliver()
    assert delivery.forget_old() == 0
    with clock_at(now() + delivery.KEPT + LATER):
        assert delivery.forget_old() == 2
