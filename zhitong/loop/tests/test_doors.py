"""The resident's pages: sending twice, writing anew, and what no cache keeps."""

from django.test import Client

from zhitong.kernel.audit.queries import PAGE
from zhitong.kernel.crypto.codes import tracking_code
from zhitong.kernel.scope import acting
from zhitong.loop import actions
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


def test_a_resident_pages_back_to_the_first_who_looked(
    county: County, client: Client, matter: Matter
) -> None:
    """Opening a record again and again pushes no earlier look out of sight."""
    with acting(county.clerk):
        actions.open_record(code=matter.code)
    with acting(county.officer):
        for _again in range(PAGE):
            actions.open_record(code=matter.code)
    page = f"/t/{tracking_code(channel='web', external_id='nonce-1')}/readers"
    newest = client.get(page)
    assert "王建国" in newest.text
    assert "李秀兰" not in newest.text
    assert "李秀兰" in client.get(newest.context["older"]).text
    assert client.get(f"{page}?before=x").status_code == 200
