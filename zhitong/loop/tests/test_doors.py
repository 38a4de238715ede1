"""The resident's pages: what no cache keeps, and how far back one can page."""

from django.test import Client

from zhitong.kernel.audit.queries import PAGE
from zhitong.kernel.crypto.codes import tracking_code
from zhitong.kernel.scope import acting
from zhitong.loop import actions
from zhitong.loop.models import Matter
from zhitong.loop.tests.county import County


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
