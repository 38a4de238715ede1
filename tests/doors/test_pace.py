"""Too much from one place: the form keeps what was typed, the API says when to come again."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from time_machine import travel

from tests.doors.test_words import API, say, tell
from tests.doors.trials import counts
from tests.permits.world import World, issued
from zhitong.kernel.clock import now
from zhitong.kernel.identity import throttle
from zhitong.kernel.identity.domain import Window
from zhitong.loop.tests.county import TOWN, path_of


@pytest.mark.parametrize(("language", "sentence"), [("zh-hans", "十分钟后"), ("en", "ten minutes")])
def test_the_public_form(
    world: World, settings: LazySettings, language: str, sentence: str
) -> None:
    """Every send counts, whatever came of it; another address is let in, and this one later."""
    settings.SAY_LIMIT = 3
    browser = Client(headers={"Accept-Language": language})
    assert [
        say(text, "a").to(browser, "/say", {}).status_code for text in ("", "路灯", "路灯")
    ] == [
        400,
        302,
        302,
    ]
    before = counts()
    answer = say("水管也坏了", "b").to(browser, "/say", {})
    assert answer.status_code == 429
    assert "水管也坏了" in answer.text
    assert sentence in answer.text
    assert counts() == before
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert say("水管也坏了", "b").to(elsewhere, "/say", {}).status_code == 302
    with travel(now() + timedelta(minutes=11), tick=False):
        assert say("路灯又坏了", "c").to(browser, "/say", {}).status_code == 302


def test_staff_are_counted_by_person(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole bureau sits behind one address."""
    monkeypatch.setitem(throttle.DOORS, "say_for.actor", Window(1, timedelta(minutes=10)))
    clerk = world.people["window_clerk"].browser(strict=False)
    assert say("路灯", "a").to(clerk, "/say-for", {}).status_code == 400
    answer = say("路灯", "a").to(clerk, "/say-for", {})
    assert answer.status_code == 429
    officer = world.people["community_officer"].browser(strict=False)
    assert say("路灯", "a").to(officer, "/say-for", {}).status_code == 400


def test_the_api(world: World, settings: LazySettings) -> None:
    """One key's calls are counted, also those that look; other keys go on; later it is let in."""
    settings.API_LIMIT = 3
    partner = world.people["client"].browser()
    answers = [tell("路灯", "a").to(partner, API, {}) for _each in range(3)]
    assert [answer.status_code for answer in answers] == [201, 200, 200]
    before = counts()
    for answer in (
        tell("水管", "b").to(partner, API, {"Accept-Language": "en"}),
        partner.get(f"{API}/{answers[0].json()['id']}"),
    ):
        assert answer.status_code == 429
        assert answer.json()["code"] == "too_many"
        assert 0 < int(answer["Retry-After"]) <= 600
    assert counts() == before
    other = Client(headers={"Authorization": f"Bearer {issued('other', path_of(TOWN))[1]}"})
    assert tell("水管", "b").to(other, API, {}).status_code == 201
    with travel(now() + timedelta(minutes=11), tick=False):
        assert tell("水管", "b").to(partner, API, {}).status_code == 201
