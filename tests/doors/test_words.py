"""The resident's words through every door: kept as they were typed and shown harmless, or refused.

The whole corpus goes through the words of the public form and of the API; other fields get
their share in test_fields.py.
"""

import json
from collections.abc import Mapping

from django.test import Client

from tests.doors.trials import Sent, Trials, form, read
from tests.hostile.corpus import BAD_FORMS, BAD_JSON, EVERY_WORDS, Words
from tests.permits.world import World
from zhitong.kernel.scope import acting
from zhitong.loop.models import Matter
from zhitong.loop.tests.county import TOWN

API = "/api/v1/matters"
NONCE = "a-nonce-of-test-"
Pages = Mapping[str, str]


def say(text: str, name: object) -> Sent:
    """The public form, filled in."""
    return form({"words": text, "town": TOWN, "nonce": f"{NONCE}{name}", "category": "other"})


def tell(text: str, name: object) -> Sent:
    """The same for the API. Lone surrogates travel as JSON can say them."""
    body = {"external_id": f"{NONCE}{name}", "area": TOWN, "words": text}
    return Sent(json.dumps(body).encode(), "application/json")


def stored(world: World, name: object) -> Matter:
    """The matter that came in under this name, as the officer reaches it."""
    with acting(world.people["community_officer"].scope):
        found: Matter = Matter.objects.get(external_id__endswith=f"{NONCE}{name}")
        return found


def pages(world: World, place: str, name: object) -> Pages:
    """Everything that shows one matter to its resident or to the officer."""
    officer = world.people["community_officer"].browser()
    asked = {"follow": Client().get(place), "said": Client().get(f"{place}/said")}
    asked["matter"] = officer.get(f"/m/{stored(world, name).code}")
    assert {answer.status_code for answer in asked.values()} == {200}
    return {name: answer.content.decode() for name, answer in asked.items()}


def test_every_text_through_the_public_form(world: World) -> None:
    """Kept byte for byte and escaped on every page that shows it, or refused with a sentence."""
    trials, browser = Trials(), Client()
    shapes: dict[str, list[object]] = {}
    for kind, plain in (("short", "路灯"), ("long", "路灯" * 700)):  # long words are folded
        place = say(plain, kind).to(browser, "/say", {})["Location"].removesuffix("/said")
        for name, html in pages(world, place, kind).items():
            shapes.setdefault(name, []).append(read(html).tags)
    for number, words in enumerate(EVERY_WORDS):
        if words.kept is None:
            trials.refused(f"say {words}", browser, "/say", say(words.text, number))
            continue
        answer = say(words.text, number).to(browser, "/say", {})
        trials.expect(answer.status_code == 302, f"say {words}: {answer.status_code}")
        if answer.status_code == 302:
            trials.expect(stored(world, number).words == words.kept, f"{words}: not kept")
            place = answer["Location"].removesuffix("/said")
            for name, html in pages(world, place, number).items():
                _harmless(trials, f"{words} on {name}", html)
                trials.expect(read(html).tags in shapes[name], f"{words} bends {name}")
                if name != "said":
                    trials.expect(_shows(html, words), f"{words} is not on {name}")
    _lists(trials, world)
    trials.done()


def _harmless(trials: Trials, name: str, html: str) -> None:
    trials.expect(not read(html).problems, f"{name}: {read(html).problems}")


def _shows(html: str, words: Words) -> bool:
    """A browser drops one line end behind some tags and reads CR as line end; nothing else."""
    return (words.kept or "").strip("\n") in "".join(read(html).words)


def _lists(trials: Trials, world: World) -> None:
    """The board and the search, full of such matters; the search also echoes the query."""
    officer = world.people["community_officer"].browser()
    older: str | None = "/board"
    for number in range(3):
        answer = officer.get(older or "/board")
        trials.expect(answer.status_code == 200, f"board {number}: {answer.status_code}")
        _harmless(trials, f"board {number}", answer.content.decode())
        older = answer.context["older"] or None
    for words in EVERY_WORDS:
        query = words.text[:200].encode("utf-8", "replace").decode()
        answer = officer.get("/search", {"q": query})
        trials.expect(answer.status_code in {200, 400}, f"search {words}: {answer.status_code}")
        _harmless(trials, f"search {words}", answer.content.decode())


def test_every_text_through_the_api(world: World) -> None:
    """201 and the words as they were, or 400 with the field named."""
    trials, partner = Trials(), world.people["client"].browser()
    for number, words in enumerate(EVERY_WORDS):
        if words.kept is None:
            trials.refused(f"tell {words}", partner, API, tell(words.text, number))
            continue
        answer = tell(words.text, number).to(partner, API, {})
        trials.expect(answer.status_code == 201, f"tell {words}: {answer.status_code}")
        if answer.status_code == 201:
            trials.expect(stored(world, number).words == words.kept, f"{words}: not kept")
            again = partner.get(f"{API}/{answer.json()['id']}")
            trials.expect(again.json()["stage"] == "received", f"{words}: cannot be followed")
    trials.done()


def test_broken_bodies(world: World) -> None:
    """JSON and forms that no program should send, at the doors that take them."""
    trials, partner = Trials(), world.people["client"].browser()
    for body in BAD_JSON:
        trials.refused(f"api {body}", partner, API, Sent(body.data, body.content_type))
    officer = world.people["community_officer"].browser(strict=False)
    for body in BAD_FORMS:
        sent = Sent(body.data, body.content_type)
        for browser, path in ((Client(), "/say"), (officer, "/say-for"), (Client(), "/track")):
            trials.refused(f"{path} {body}", browser, path, sent)
    trials.refused("form at the api", partner, API, say("路灯", "x"))
    trials.done()


def test_refusals_speak_the_readers_language(world: World) -> None:
    """The same mistake, told in Chinese and in English, on a page and in JSON."""
    partner = world.people["client"].browser()
    doors = ((Client(), "/say", say("路灯\x00", "x")), (partner, API, tell("路灯\x00", "x")))
    for browser, path, sent in doors:
        chinese = sent.to(browser, path, {"Accept-Language": "zh-CN"}).content.decode()
        english = sent.to(browser, path, {"Accept-Language": "en"}).content.decode()
        assert "看不见的控制字符" in chinese or "不可见的控制字符" in chinese, chinese[-3000:]
        assert "invisible control characters" in english
