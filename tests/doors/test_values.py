"""Places, identifiers and numbers that are none, each at the doors that read such a value."""

import json

from django.test import Client

from tests.doors.test_words import API
from tests.doors.trials import Sent, Trials, form, read
from tests.hostile.corpus import BAD_AREA_CODES, BAD_IDS, BAD_NUMBERS
from tests.permits.world import World
from zhitong.kernel.scope import acting
from zhitong.loop import actions
from zhitong.loop.models import Matter
from zhitong.loop.tests.county import TOWN

GOOD = {"words": "路灯坏了", "town": TOWN, "nonce": "a-value-of-tests"}
TOLD = {"external_id": "a-value", "area": TOWN, "words": "路灯坏了"}

IN_ADDRESSES = [one for one in BAD_IDS if "/" not in one]


def told(**more: object) -> Sent:
    """What a partner sends."""
    return Sent(json.dumps({**TOLD, **more}).encode(), "application/json")


def test_places_that_are_none(world: World) -> None:
    """Refused at the field, in every door; the picker simply offers no villages."""
    trials, partner = Trials(), world.people["client"].browser()
    officer = world.people["community_officer"].browser(strict=False)
    for code in BAD_AREA_CODES:
        for field in ("town", "village"):
            sent = form(GOOD, channel="phone", **{field: code})
            trials.refused(f"say {field} {code[:20]!r}", Client(), "/say", sent)
            trials.refused(f"say-for {field} {code[:20]!r}", officer, "/say-for", sent)
        trials.refused(f"api {code[:20]!r}", partner, API, told(area=code))
        answer = Client().get("/say/places", {"town": code[:3000]})
        trials.expect(answer.status_code in {200, 400}, f"places {code[:20]!r}")
        trials.expect(not read(answer.content.decode()).problems, f"places {code[:20]!r}: harm")
    answer = partner.post(API, told(area="371403999999").data, "application/json")
    trials.expect(set(answer.json()["fields"]) == {"area"}, "the api does not name the field")
    trials.done()


def test_phone_numbers_that_are_none(world: World) -> None:
    """Nobody would ever be called back under these."""
    trials, partner = Trials(), world.people["client"].browser()
    for number in filter(str.strip, BAD_NUMBERS):
        trials.refused(f"say {number[:20]!r}", Client(), "/say", form(GOOD, phone=number))
        trials.refused(f"api {number[:20]!r}", partner, API, told(phone=number))
        sent = form({"phone": number})
        trials.refused(f"sign in {number[:20]!r}", Client(), "/resident/sign-in", sent)
    trials.done()


def test_verdicts_that_are_none(world: World) -> None:
    """One to five, in plain digits; the matter stays closed and unrated."""
    with acting(world.people["community_officer"].scope):
        matter = Matter.objects.get(code=world.here.matter)
        actions.take(id=matter.pk)
        actions.answer(id=matter.pk, text="已修好", outcome="solved")
    trials = Trials()
    for stars in ("0", "6", "-1", "5.0", "五", "１", *BAD_NUMBERS):
        sent = form({"stars": stars})
        name = f"{stars[:20]!r} stars"
        trials.refused(name, Client(), f"/t/{world.here.tracking}/rate", sent)
    trials.done()


def test_identifiers_that_are_none(world: World) -> None:
    """The API knows no such matter, and a form that names such a post comes back."""
    partner = world.people["client"].browser()
    officer = world.people["community_officer"].browser(strict=False)
    for bad in IN_ADDRESSES:
        assert partner.get(f"{API}/{bad}").status_code == 404, bad
        sent = {"post": bad, "reason": "x", "version": "1"}
        answer = officer.post(f"/m/{world.here.matter}/reassign", sent)
        assert answer.status_code == 400, bad
