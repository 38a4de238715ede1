"""Programs are told of every error in the API's own form, whoever found it."""

from typing import Any

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError
from django.test import Client

from tests.doors.test_words import API, tell
from tests.permits.world import World
from zhitong.kernel.identity import clients
from zhitong.loop import queries


def form_of(answer: Any, status: int, code: str) -> dict[str, Any]:
    """The body, which must be an error as the API tells them."""
    assert answer.status_code == status
    assert answer["Content-Type"].startswith("application/json")
    assert answer["Cache-Control"] == "no-store"
    told: dict[str, Any] = answer.json()
    assert set(told) == {"code", "message", "fields"}
    assert told["code"] == code
    assert len(told["message"]) > 5
    return told


@pytest.mark.parametrize("path", ["/api/v2/matters", "/api/v1/matters/x", "/api/nowhere"])
def test_an_address_that_is_not(world: World, path: str) -> None:
    """404, with a key or without."""
    form_of(Client().get("/api/"), 404, "not_found")
    for asking in (Client(), world.people["client"].browser()):
        form_of(asking.get(path), 404, "not_found")
        form_of(asking.post(path, {}, content_type="application/json"), 404, "not_found")


def test_everything_else_that_goes_wrong_on_the_way(world: World) -> None:
    """The wrong method, too much, no length, a wrong key, another host."""
    partner = world.people["client"].browser()
    wrong = partner.get(API)
    form_of(wrong, 405, "method")
    assert "POST" in wrong["Allow"]
    large = partner.post(API, b"x", content_type="text/plain", CONTENT_LENGTH=str(2**40))
    form_of(large, 413, "too_large")
    form_of(partner.get(f"{API}?x=%00"), 400, "invalid")
    form_of(partner.get(API, headers={"Host": "evil.example"}), 400, "invalid")
    form_of(Client(headers={"Authorization": "Bearer x"}).get(API), 401, "unauthorised")


def test_the_sentence_is_in_the_readers_language() -> None:
    """As in every other answer."""
    for language, word in (("en", "nothing here"), ("zh-hans", "没有")):
        answer = Client().get("/api/x", headers={"Accept-Language": language})
        assert word in answer.json()["message"]


def test_pages_stay_pages(client: Client) -> None:
    """Only what lies below /api/ is for programs."""
    for path in ("/nowhere", "/apis", "/api"):
        assert client.get(path)["Content-Type"].startswith("text/html")


BREAKS = {
    OperationalError: (503, "unavailable"),
    InterfaceError: (503, "unavailable"),
    DatabaseError: (500, "broken"),
    KeyError: (500, "broken"),
}


@pytest.mark.parametrize("error", BREAKS)
def test_a_database_that_does_not_answer(
    world: World, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    """Before the key is known, or in the middle of the work: come again, it stays one matter."""

    def fail(*_: object, **__: object) -> None:
        raise error("the server is gone: password=secret")

    partner = world.people["client"].browser()
    partner.raise_request_exception = False
    for module, name in ((queries, "routed"), (clients, "find")):
        with monkeypatch.context() as broken:
            broken.setattr(module, name, fail)
            answer = tell("路灯", f"{name}-{error.__name__}").to(partner, API, {})
        told = form_of(answer, *BREAKS[error])
        assert "secret" not in str(told)
        assert ("Retry-After" in answer) == (answer.status_code == 503)
        again = tell("路灯", f"{name}-{error.__name__}").to(partner, API, {})
        assert again.status_code == 201


def test_a_program_is_told_what_differs(world: World) -> None:
    """409, with the parts that are not the same; the first is untouched, and sent again is 200."""
    partner = world.people["client"].browser()
    first = tell("路灯", "a").to(partner, API, {}).json()
    told = form_of(tell("水管", "a").to(partner, API, {"Accept-Language": "en"}), 409, "differs")
    assert set(told["fields"]) == {"words"}
    assert first["id"] not in str(told)
    again = tell("路灯", "a").to(partner, API, {})
    assert (again.status_code, again.json()["id"]) == (200, first["id"])
