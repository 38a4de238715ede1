"""Following a matter by its code: not guessable, not timed, not tried at will, never empty.

django-helpdesk's public tracking by e-mail and number; Chatwoot's sequential numbers.
"""

import hmac
import inspect
from itertools import product

import pytest
from django.test import Client

from tests.permits.world import World
from zhitong.kernel.crypto import codes, index
from zhitong.kernel.crypto.codes import ALPHABET, read_code, tracking_code, tracking_digest
from zhitong.kernel.errors import Invalid
from zhitong.kernel.identity.scopes import resident_scope
from zhitong.kernel.identity.throttle import DOORS
from zhitong.kernel.scope import acting
from zhitong.loop.models import Matter
from zhitong.loop.tests.county import by_link, said

WRONG = "7Q4M-0ZKD-2R9C-WX5T"


def test_a_code_has_eighty_bits_that_only_the_key_gives() -> None:
    """Neighbouring numbers give unrelated codes, and every place takes every letter."""
    drawn = [tracking_code(channel="web", external_id=str(n)).replace("-", "") for n in range(2000)]
    assert len(set(drawn)) == 2000
    for place in range(16):
        assert {one[place] for one in drawn} == set(ALPHABET)
    assert len(ALPHABET) ** 16 == 2**80


def test_the_database_holds_no_code(world: World) -> None:
    """A stolen table opens no matter."""
    with acting(by_link("near")):
        matter = Matter.objects.get()
    written = " ".join(str(value) for value in vars(matter).values())
    assert world.here.tracking not in written
    assert world.here.tracking.replace("-", "") not in written
    assert tracking_digest(world.here.tracking) in written


def test_secrets_are_compared_in_constant_time() -> None:
    """Codes are looked up by a keyed digest, so that the time taken tells nothing of the code;
    keys and one-time codes are compared with ``compare_digest``."""
    assert "constant_time_compare" in inspect.getsource(index.same_secret)
    assert "keyed_digest" in inspect.getsource(codes.tracking_digest)
    assert hmac.compare_digest("a", "a")


def test_wrong_codes_are_counted_and_then_refused(world: World) -> None:
    """429 after many, however they are spelt and whichever page they try; a right one opens."""
    guesser = Client(REMOTE_ADDR="192.0.2.7")
    pages = ("", "/said", "/readers", f"/photo/{world.here.photo}")
    tries = [f"/t/{WRONG[:-1]}{letter}{page}" for letter, page in product(ALPHABET, pages)]
    statuses = [guesser.get(address).status_code for address in tries]
    limit = DOORS["track.address"].limit
    assert statuses[:limit] == [404] * limit
    assert set(statuses[limit:]) == {429}
    assert guesser.get("/t/not-even-a-code").status_code == 429
    assert guesser.get(f"/t/{world.here.tracking}").status_code == 200
    assert Client(REMOTE_ADDR="192.0.2.8").get(f"/t/{WRONG}").status_code == 404


def test_a_client_cannot_write_its_own_address(world: World) -> None:
    """Without a trusted proxy nobody believes X-Forwarded-For."""
    limit = DOORS["track.address"].limit
    browsers = [Client(headers={"X-Forwarded-For": f"192.0.2.{n}"}) for n in range(limit + 1)]
    assert [one.get(f"/t/{WRONG}").status_code for one in browsers] == [404] * limit + [429]


def test_an_empty_code_opens_nothing(world: World) -> None:
    """Nor one of wild cards."""
    for typed in ("", " ", "-", "0", "----", "\u200b" * 16, "*" * 16, "%" * 16):
        with pytest.raises(Invalid):
            read_code(typed)
        assert Client().post("/track", {"code": typed}).status_code == 400, typed


def test_no_number_is_nobodys_number(world: World) -> None:
    """Matters without a phone share no index, and no resident owns them."""
    first, second = said("甲", "no-phone-1"), said("乙", "no-phone-2")
    assert first.phone_index == second.phone_index == ""
    assert first.resident_phone is None
    with pytest.raises(ValueError, match="empty"):
        index.blind_index(" ", purpose="loop.phone")
    with acting(resident_scope("")):
        assert not Matter.objects.exists()
    mine = world.people["resident"].browser().get("/mine")
    assert [matter.code for matter, _code in mine.context["matters"]] == [world.here.matter]
