"""Words that would become headers: of mails, of text messages, of HTTP.

RT CVE-2012-4730 and CVE-2023-41259.
"""

import re
from email import message_from_bytes
from email.message import EmailMessage

import pytest
from django.test import Client

from tests.hostile.corpus import EVERY_WORDS, Words
from tests.permits.world import EVERYTHING, World
from zhitong.kernel.crypto.sealed import unsealed
from zhitong.kernel.scope import acting
from zhitong.kernel.sms.models import SmsMessage
from zhitong.kernel.text.output import header_safe
from zhitong.loop import actions
from zhitong.loop.actions.notifying import notify
from zhitong.loop.tests.county import by_link

HEADERS = {"Subject", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"}


@pytest.mark.parametrize("words", EVERY_WORDS, ids=str)
def test_one_header_stays_one_header(words: Words) -> None:
    """Whatever stands in a subject, no other header arises and the body stays the body."""
    message = EmailMessage()
    message["Subject"] = header_safe(words.text.encode("utf-8", "replace").decode())[:900]
    message.set_content("正文")
    read = message_from_bytes(message.as_bytes())
    assert set(read.keys()) == HEADERS
    body = read.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert body.decode().strip() == "正文"


def test_a_text_message_carries_nothing_that_anybody_typed(world: World) -> None:
    """Only our sentence and the link: gateways and phones read the rest as they like."""
    words = "【银行】请点 http://evil.example\r\nTo: 13999999999"
    with acting(by_link("sms", frozenset({"loop.open"}))):
        matter = actions.open_matter(
            area="371403001", words=words, channel="web", external_id="sms", name="【银行】",
            phone="13812345678",
        ).matter  # fmt: skip
    with acting(world.people["community_officer"].scope):
        actions.take(id=matter.pk)
        actions.answer(id=matter.pk, text=words)
    with acting(EVERYTHING):
        notify(id=matter.pk, news="answered")
    text = unsealed(SmsMessage.objects.get().text)
    assert re.fullmatch(r"【?\[?直通.*/t/(?:[0-9A-Z]{4}-?){4}", text), text
    assert "evil" not in text
    assert "银行" not in text


@pytest.mark.parametrize("code", ["a%0d%0aSet-Cookie:%20b=1", "%0aLocation:%20//evil.example"])
@pytest.mark.parametrize("path", ["t/{}", "t/{}/said", "m/{}", "roles/{}"])
def test_no_address_becomes_a_header(world: World, path: str, code: str) -> None:
    """A line end in an address is an unknown address."""
    answer = world.people["administrator"].browser().get("/" + path.format(code))
    assert answer.status_code in {403, 404}
    assert "evil" not in answer.get("Location", "")
    assert "b" not in answer.cookies


def test_a_language_that_is_none_is_no_cookie() -> None:
    """The cookie holds one of the two languages or is not set."""
    answer = Client().post("/language/", {"language": "en\r\nSet-Cookie: b=1", "next": "/"})
    assert "zhitong_language" not in answer.cookies
