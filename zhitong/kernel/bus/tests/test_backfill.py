"""A listener added later hears the past only when somebody says so, and then once."""

import pytest

from zhitong.kernel.bus.backfill import missed, owe
from zhitong.kernel.bus.emit import reacts_to
from zhitong.kernel.bus.relay import relay
from zhitong.kernel.bus.tests.facts import Left, Rang, say


@pytest.mark.django_db
def test_past_facts_are_owed_once_and_in_order():
    heard: list[Rang] = []
    say(Rang("a", 1), Rang("a", 2), Left("li"))

    @reacts_to(Rang, permits=set())
    def late(fact: Rang) -> None:
        heard.append(fact)

    key = f"{late.__module__}.late"
    assert relay() == 0
    assert missed(key).count() == 2
    assert owe(key) == 2
    assert owe(key) == 0
    assert relay() == 2
    assert heard == [Rang("a", 1), Rang("a", 2)]


@pytest.mark.django_db
def test_an_unknown_listener_has_missed_nothing():
    say(Rang("a"))
    assert owe("nobody") == 0
