"""What residents see of their own matters: all of them, spoken to as themselves, and a slip."""

import pytest
from django.conf import settings
from django.test import Client

from zhitong.kernel.crypto.codes import tracking_code
from zhitong.kernel.errors import Invalid
from zhitong.kernel.identity.scopes import resident_scope
from zhitong.kernel.media.qr import drawn
from zhitong.kernel.scope import acting
from zhitong.loop import actions, queries
from zhitong.loop.models import Matter
from zhitong.loop.queries.matters import OWN_PAGE
from zhitong.loop.tests.county import County, by_link, said


def test_a_resident_pages_through_all_that_is_theirs(county: County) -> None:
    """However much somebody has said, the first of it can still be reached."""
    for number in range(OWN_PAGE + 3):
        said(f"第{number}件事", f"n{number}", resident="key-1")
    said("别人的事", "other", resident="key-2")
    with acting(resident_scope("key-1")):
        first = queries.mine("key-1")
        rest = queries.mine("key-1", before=first.following)
        assert (len(first.matters), len(rest.matters), rest.following) == (OWN_PAGE, 3, "")
        words = [one.words for one in (*first.matters, *rest.matters)]
        assert words == [f"第{number}件事" for number in reversed(range(OWN_PAGE + 3))]
        for key in ("x", "9" * 400):
            with pytest.raises(Invalid):
                queries.mine("key-1", before=key)


def test_the_resident_s_page_speaks_to_the_resident(
    county: County, client: Client, matter: Matter
) -> None:
    """It says 您, where the desk's page says who that is."""
    with acting(county.officer):
        actions.take(id=matter.pk)
        actions.answer(id=matter.pk, text="已修好", outcome="solved")
    with acting(by_link("nonce-1")):
        actions.rate(id=matter.pk, stars=1, text="还是不亮")
        actions.add(id=matter.pk, text="补充一句")
        actions.withdraw(id=matter.pk)
    code = tracking_code(channel="web", external_id="nonce-1")
    for page in ("", "/said", "/readers"):
        assert "群众" not in client.get(f"/t/{code}{page}").text
    own = client.get(f"/t/{code}").text
    assert [
        word for word in ("您反映的事", "您的补充", "您已撤回", "您本人") if word not in own
    ] == []
    client.cookies["zhitong_language"] = "en"
    own = client.get(f"/t/{code}").text
    assert "The resident" not in own
    assert "by the resident" not in own


def test_the_slip_carries_the_link_as_a_picture(
    county: County, client: Client, matter: Matter
) -> None:
    """Drawn into the page, so that the code stands in no further address."""
    code = tracking_code(channel="web", external_id="nonce-1")
    said_page = client.get(f"/t/{code}/said").text
    assert drawn(f"{settings.ADDRESS}/t/{code}", label="查询办理进度的二维码") in said_page
    assert "<img" not in said_page
