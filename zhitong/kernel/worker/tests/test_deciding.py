"""Stuck deliveries: seen within reach, tried again or passed over, with a reason, on the record."""

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils.timezone import now

from zhitong.kernel.audit.models import AuditEntry
from zhitong.kernel.bus.emit import reacts_to
from zhitong.kernel.bus.models import Delivery
from zhitong.kernel.bus.relay import UNKNOWN, relay
from zhitong.kernel.bus.tests.facts import HERE, Left, Rang, say
from zhitong.kernel.errors import Denied, Invalid, NotFound
from zhitong.kernel.scope import Reach, Scope, acting
from zhitong.kernel.worker import queries
from zhitong.kernel.worker.actions import backfill, retry, skip
from zhitong.kernel.worker.web import views

pytestmark = pytest.mark.django_db
PERMITS = frozenset({"bus.watch", "bus.retry", "bus.skip", "bus.backfill"})
ADMIN = Scope("staff:9", Reach(("37/14/03/",)), PERMITS, "test", label="周海")


@pytest.fixture(autouse=True)
def _quiet_house() -> Iterator[None]:
    emit = import_module("zhitong.kernel.bus.emit")
    kept = dict(emit.FACTS), dict(emit.LISTENERS)
    emit.FACTS.clear()
    emit.LISTENERS.clear()
    yield
    for registry, before in zip((emit.FACTS, emit.LISTENERS), kept, strict=True):
        registry.clear()
        registry.update(before)


@pytest.fixture
def heard() -> list[Rang]:
    """Two facts in one line, the first of them dead; and what is heard from now on."""
    found: list[Rang] = []
    reacts_to(Rang, permits=set())(found.append)
    say(Rang("front", 1), Rang("front", 2))
    Delivery.objects.filter(pk=Delivery.objects.earliest("pk").pk).update(
        dead_at=now(), attempts=14, last_error="ValueError at loop/domain.py:1 in move"
    )
    return found


def shown(request: HttpRequest) -> str:
    """The page as text, for the administrator."""
    request.__dict__["scope"] = ADMIN
    response = views.outbox(request)
    assert isinstance(response, HttpResponse)
    assert response.status_code == 200
    return response.content.decode()


def dead() -> Delivery:
    return Delivery.objects.get(dead_at__isnull=False)


def test_retry_makes_it_due_again_and_the_line_goes_on(heard: list[Rang]) -> None:
    with acting(ADMIN):
        retry(delivery=dead().pk, reason="mended")
    relay()
    relay()
    assert heard == [Rang("front", 1), Rang("front", 2)]
    entry = AuditEntry.objects.get(action="bus.retry")
    assert entry.path == HERE


def test_skip_gives_it_up_and_the_line_goes_on(heard: list[Rang]) -> None:
    with acting(ADMIN):
        skip(delivery=dead().pk, reason="nobody needs it")
    relay()
    assert heard == [Rang("front", 2)]
    assert Delivery.objects.filter(skipped=True).count() == 1
    assert AuditEntry.objects.filter(action="bus.skip").count() == 1


@pytest.mark.parametrize("decide", [retry, skip])
def test_deciding_needs_a_reason_a_permit_and_reach(heard: list[Rang], decide) -> None:
    key = dead().pk
    with acting(ADMIN), pytest.raises(Invalid):
        decide(delivery=key, reason="  ")
    with acting(replace(ADMIN, permits=frozenset())), pytest.raises(Denied):
        decide(delivery=key, reason="x")
    with acting(replace(ADMIN, reach=Reach(("37/14/04/",)))), pytest.raises(NotFound):
        decide(delivery=key, reason="x")
    with acting(ADMIN), pytest.raises(NotFound):
        decide(delivery=Delivery.objects.latest("pk").pk, reason="it is not stuck")
    assert dead().attempts == 14


def test_backfill_is_an_action() -> None:
    say(Rang("front"))
    heard: list[Rang] = []

    @reacts_to(Rang, permits=set())
    def late(fact: Rang) -> None:
        heard.append(fact)

    with acting(ADMIN):
        assert backfill(listener=f"{late.__module__}.late", reason="new reaction") == 1
    relay()
    assert heard == [Rang("front")]


def test_the_state_in_four_numbers(heard: list[Rang]) -> None:
    reacts_to(Left, permits=set())(lambda _fact: None)
    say(Left("li"))
    Delivery.objects.filter(event__name__endswith="Left").update(last_error=UNKNOWN)
    found = queries.state()
    assert (found.waiting, found.dead, found.aside) == (2, 1, 1)


def test_the_page_shows_what_is_stuck_and_nothing_of_what_was_said(
    heard: list[Rang], rf: RequestFactory, django_assert_num_queries
) -> None:
    with django_assert_num_queries(6):
        page = shown(rf.get("/outbox"))
    assert "ValueError at loop/domain.py:1 in move" in page
    assert f"/outbox/{dead().pk}/retry" in page
    assert page.count(f'id="retry-{dead().pk}-reason"') == 1


def test_the_page_goes_on_by_key(rf: RequestFactory) -> None:
    reacts_to(Rang, permits=set())(lambda _fact: None)
    say(*(Rang(str(number)) for number in range(queries.PAGE + 3)))
    Delivery.objects.update(dead_at=now())
    first = shown(rf.get("/outbox"))
    last = Delivery.objects.order_by("pk")[queries.PAGE - 1].pk
    assert f'href="?after={last}"' in first
    rest = shown(rf.get(f"/outbox?after={last}"))
    assert rest.count("/skip") == 3
    assert 'href="?" rel="first"' in rest


@pytest.mark.parametrize("after", ["x", "-1", "9" * 30, "1;drop"])
def test_a_strange_key_shows_the_first_page(rf: RequestFactory, after: str) -> None:
    assert "/outbox" in shown(rf.get("/outbox", {"after": after}))
