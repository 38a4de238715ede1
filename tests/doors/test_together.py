"""Many at the same moment: one thing stays one thing, and one hand takes it."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest
from django.db import connections
from django.test import Client

from tests.doors.test_words import API, NONCE, say, tell
from tests.doors.trials import counts
from tests.permits.world import World, serving
from zhitong.kernel.errors import Stale
from zhitong.kernel.identity.scopes import staff_scope
from zhitong.kernel.scope import acting
from zhitong.loop import actions
from zhitong.loop.models import Matter, Step

pytestmark = pytest.mark.django_db(transaction=True)
T = TypeVar("T")
MANY = 32


def at_once(many: int, act: Callable[[int], T]) -> list[T]:
    """Run ``act`` in so many threads that wait for one another, each with its own connection."""
    together = threading.Barrier(many)

    def alone(number: int) -> T:
        try:
            together.wait(timeout=30)
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(alone, range(many)))


def test_the_same_form_sent_by_32_at_once_is_one_matter(world: World) -> None:
    """A double tap, a retry on a bad network, a page sent from two windows."""

    def send(_number: int) -> tuple[int, str]:
        answer = say("村口的路灯坏了三天了", "once").to(Client(), "/say", {})
        return answer.status_code, answer.get("Location", "")

    before = counts()
    answers = Counter(at_once(MANY, send))
    assert len(answers) == 1, answers
    (status, place), times = answers.popitem()
    assert (status, times) == (302, MANY)
    assert place.startswith("/t/")
    _one_more(world, before)


def test_the_same_call_sent_by_32_at_once_is_one_matter(world: World) -> None:
    """One is told 201, all others 200; all are told the same code."""
    partner = world.people["client"]

    def send(_number: int) -> tuple[int, str, str]:
        answer = tell("村口的路灯坏了三天了", "once").to(partner.browser(), API, {})
        told = answer.json()
        return answer.status_code, told.get("id", ""), told.get("tracking", "")

    before = counts()
    answers = at_once(MANY, send)
    assert Counter(status for status, _id, _code in answers) == {201: 1, 200: MANY - 1}, answers
    assert len({(told, code) for _status, told, code in answers}) == 1
    _one_more(world, before)


def _one_more(world: World, before: dict[str, int]) -> None:
    """Exactly one matter, its opening step, its words to be found by, and one fact."""
    after = counts()
    grown = {table: after[table] - before[table] for table in after}
    assert grown["loop_matter"] == grown["loop_step"] == grown["loop_matterwords"] == 1
    assert grown["bus_event"] == 1
    with acting(world.people["community_officer"].scope):
        (matter,) = Matter.objects.filter(external_id__endswith=f"{NONCE}once")
        assert matter.owner_id
        assert matter.due_at


def test_eight_take_it_and_one_has_it(world: World) -> None:
    """Everybody looked at the same version; whoever comes second is told so."""
    people = [serving(f"taker{n}", world.county.station, "community_officer")[0] for n in range(8)]
    scopes = [staff_scope(account) for account in people]
    with acting(scopes[0]):
        matter = Matter.objects.get(code=world.here.matter)

    def take(number: int) -> str:
        with acting(scopes[number]):
            try:
                actions.take(id=matter.pk, version=matter.version)
            except Stale:
                return "stale"
        return "taken"

    assert Counter(at_once(8, take)) == {"taken": 1, "stale": 7}
    with acting(scopes[0]):
        assert Step.objects.filter(matter=matter, verb="take").count() == 1
        assert Matter.objects.get(pk=matter.pk).version == matter.version + 1
