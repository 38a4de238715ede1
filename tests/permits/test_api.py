"""The JSON API checks the key by itself: whose, for what, how far, and whose matter."""

from typing import Any

import pytest
from django.test import Client

from tests.doors.trials import counts
from tests.permits.world import EVERYTHING, FAR_TOWN, World, issued
from zhitong.kernel.identity.actions.clients import end_api_key
from zhitong.kernel.identity.models import ApiClient
from zhitong.kernel.scope import acting
from zhitong.loop.tests.county import TOWN, path_of

API = "/api/v1/matters"
NOWHERE = "00000000-0000-0000-0000-000000000007"
JSON = "application/json"


def body(external_id: str = "1", area: str = TOWN) -> dict[str, Any]:
    """A matter as partners send it."""
    return {"external_id": external_id, "area": area, "words": "路灯坏了"}


@pytest.mark.parametrize("role", ["public", "resident", "community_officer", "administrator"])
def test_cookies_open_nothing_here(world: World, role: str) -> None:
    """Without a key it is 403 in JSON, whoever is signed in: the API needs no form keys."""
    browser, before = world.people[role].browser(), counts()
    answers = [browser.post(API, body(), content_type=JSON), browser.get(f"{API}/{NOWHERE}")]
    for answer in answers:
        assert answer.status_code == 403
        assert answer.json()["code"] == "denied"
        assert answer["Cache-Control"] == "no-store"
    assert counts() == before


@pytest.mark.parametrize("header", ["Bearer x", "Bearer zt.a.b", "Basic eDp5", "Bearer ", "\x7f"])
def test_a_wrong_key_is_told_so(world: World, header: str) -> None:
    """401 and nothing runs, also with somebody's cookie beside it."""
    browser = world.people["administrator"].browser()
    for path in (f"{API}/{NOWHERE}", "/people", "/"):
        answer = browser.get(path, headers={"Authorization": header})
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"] == "Bearer"


def test_an_ended_key_opens_nothing(world: World) -> None:
    """From the moment it is ended."""
    partner = world.people["client"]
    with acting(EVERYTHING):
        end_api_key(client=world.here.client)
    assert partner.browser().post(API, body(), content_type=JSON).status_code == 401


def test_a_partner_follows_its_own_and_nobody_elses(world: World) -> None:
    """Another partner's matter and one from the public form are not there."""
    other = Client(headers={"Authorization": f"Bearer {issued('other', path_of(TOWN))[1]}"})
    partner = world.people["client"].browser()
    mine = partner.post(API, body(), content_type=JSON).json()
    assert partner.get(f"{API}/{mine['id']}").status_code == 200
    nowhere = other.get(f"{API}/{NOWHERE}")
    theirs = other.get(f"{API}/{mine['id']}")
    assert (theirs.status_code, theirs.content) == (404, nowhere.content)
    again = other.post(API, body(), content_type=JSON)
    assert again.status_code == 201
    assert again.json()["id"] != mine["id"]


def test_beyond_the_keys_area_nothing_is_written(world: World) -> None:
    """A place out of the key's reach is answered like one that is nowhere, other faults or not."""
    partner, before = world.people["client"].browser(), counts()
    for more in ({}, {"words": " ", "category": "x"}):
        there, nowhere = (
            partner.post(API, body(area=area) | more, content_type=JSON)
            for area in (FAR_TOWN, "999999999")
        )
        assert (there.status_code, there.content) == (400, nowhere.content)
        assert "area" in there.json()["fields"]
    assert counts() == before


def test_a_key_without_the_permit_opens_nothing(world: World) -> None:
    """Whatever its reach."""
    ApiClient.objects.filter(pk=world.here.client).update(permits=["loop.behalf"])
    answer = world.people["client"].browser().post(API, body(), content_type=JSON)
    assert answer.status_code == 403


def test_the_description_is_for_everybody(client: Client) -> None:
    """The OpenAPI document tells no secrets and says which version it is."""
    answer = client.get("/api/openapi.json")
    assert answer.status_code == 200
    assert answer.json()["openapi"].startswith("3.1")
    assert set(answer.json()["paths"]) == {"/api/v1/matters", "/api/v1/matters/{id}"}
