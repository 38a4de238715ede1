"""The resident's pages: sending twice, writing anew, and what no cache keeps."""

from django.test import Client

from zhitong.kernel.crypto.codes import tracking_code
from zhitong.kernel.scope import acting
from zhitong.loop.models import Matter
from zhitong.loop.tests.county import TOWN, VILLAGE, County

SAID = {"town": TOWN, "village": VILLAGE, "nonce": "abcdefghijklmnop", "category": "other"}


def say(client: Client, words: str) -> str:
    """Send the form with one and the same nonce; returns where it leads."""
    answer = client.post("/say", SAID | {"words": words})
    assert answer.status_code == 302
    return answer.headers["Location"]


def test_the_same_words_are_one_matter_and_other_words_another(
    county: County, client: Client
) -> None:
    """Going back, writing something else and sending again loses nothing and doubles nothing."""
    first = say(client, "第一件事\r\n说两行")
    assert say(client, "第一件事\r\n说两行") == first
    second = say(client, "第二件事")
    assert second != first
    assert say(client, "第二件事") == second
    with acting(county.officer):
        kept = list(Matter.objects.order_by("id").values_list("words", flat=True))
    assert kept == ["第一件事\n说两行", "第二件事"]


def test_no_cache_keeps_a_resident_s_page(county: County, client: Client, matter: Matter) -> None:
    """Phones and proxies are shared."""
    code = tracking_code(channel="web", external_id="nonce-1")
    for page in ("", "/said", "/readers"):
        answer = client.get(f"/t/{code}{page}")
        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"]
