"""Staff find the place of a matter by typing, with and without a script."""

import pytest
from django.test import Client

from tests.permits.world import signed_in
from zhitong.kernel.areas.models import Area
from zhitong.kernel.areas.pinyin import spelled
from zhitong.kernel.areas.upsert import upsert
from zhitong.kernel.identity import sign_ins
from zhitong.kernel.identity.models import Account
from zhitong.kernel.scope import acting
from zhitong.kernel.search.domain import tokens
from zhitong.loop.models import Matter
from zhitong.loop.tests.county import OTHER_TOWN, TOWN, VILLAGE, County

SAID = {"words": "路灯坏了", "nonce": "abcdefghijklmnop", "channel": "phone"}


@pytest.fixture
def clerk(county: County) -> Client:
    """The clerk of the station at her desk, in a county that can be searched."""
    for area in Area.objects.all():
        said = (*spelled(area.name), tokens(area.name))
        upsert([(area.number, area.code, area.name, area.level, area.path, *said)])
    account = Account.objects.get(username="lixiulan")
    browser = Client()
    browser.cookies[sign_ins.COOKIE] = signed_in(account=account)
    return browser


@pytest.mark.parametrize("words", ["北街", "bei", "bjsq", "371403001201"])
def test_found_chosen_and_sent_without_a_script(county: County, clerk: Client, words: str) -> None:
    """Three sends of the one form; what was typed stays all the way."""
    found = clerk.post("/say-for", SAID | {"find": words, "step": "find"})
    assert found.status_code == 200
    assert f'value="place:{VILLAGE}"' in found.text
    assert "安德街道 · 北街社区" in found.text
    assert "路灯坏了" in found.text
    chosen = clerk.post("/say-for", SAID | {"find": words, "step": f"place:{VILLAGE}"})
    assert f'value="{TOWN}" selected' in chosen.text
    assert f'value="{VILLAGE}" selected' in chosen.text
    assert "路灯坏了" in chosen.text
    with acting(county.clerk):
        assert not Matter.objects.exists()
    sent = SAID | {"find": "", "town": TOWN, "village": VILLAGE}
    assert clerk.post("/say-for", sent).status_code == 200
    with acting(county.clerk):
        assert Matter.objects.get().area.code == VILLAGE


def test_a_township_is_found_too_and_nothing_above_it(county: County, clerk: Client) -> None:
    """A matter lies in a township or a village."""
    page = clerk.get("/say-for/places", {"step": "find", "find": "l"}).text
    assert f"place:{OTHER_TOWN}" in page
    assert 'value="place:371403"' not in page
    chosen = clerk.get("/say-for/places", {"step": f"place:{OTHER_TOWN}"}).text
    assert f'value="{OTHER_TOWN}" selected' in chosen


def test_nothing_found_is_said(county: County, clerk: Client) -> None:
    """And how to search."""
    assert "没有找到" in clerk.get("/say-for/places", {"step": "find", "find": "哪里都没有"}).text


def test_enter_with_an_empty_search_sends_the_form(county: County, clerk: Client) -> None:
    """A browser presses the first button of a form when somebody presses Enter in any box."""
    sent = SAID | {"town": TOWN, "village": "", "find": " ", "step": "find"}
    assert clerk.post("/say-for", sent).status_code == 200
    with acting(county.clerk):
        assert Matter.objects.count() == 1


@pytest.mark.parametrize("step", ["place:", "place:x", "place:99", "place:" + "9" * 400])
def test_a_place_that_is_none_is_not_chosen(county: County, clerk: Client, step: str) -> None:
    """What was chosen before stays."""
    page = clerk.post("/say-for", SAID | {"step": step, "town": TOWN}).text
    assert f'value="{TOWN}" selected' in page


def test_the_public_form_has_the_two_lists_only(county: County, client: Client) -> None:
    """A search costs more than a list, and strangers could ask without end."""
    assert 'name="find"' not in client.get("/say").text
    assert 'name="find"' not in client.get("/say/places", {"find": "bei", "step": "find"}).text
    assert client.get("/say-for/places").status_code == 302


def test_correcting_a_place_has_it_as_well(county: County, matter: Matter, clerk: Client) -> None:
    """The same picker on the page of a matter's place."""
    there = f"/m/{matter.code}/place"
    sent = {"version": matter.version, "find": "安德", "step": "find"}
    assert f'value="place:{TOWN}"' in clerk.post(there, sent).text
