"""Timing, telling names, and being sent elsewhere.

RT CVE-2021-38562 and CVE-2022-25803, FixMyStreet's login mails. The staff door has its own
lessons beside it (kernel/identity/tests/test_lessons.py).
"""

import re

import pytest
from django.test import Client

from tests.permits.world import World
from zhitong.kernel.identity.models import OneTimeCode
from zhitong.kernel.sms.models import SmsMessage

ELSEWHERE = (
    "//evil.example", "https://evil.example/", "/\\evil.example", "\\/evil.example",
    "javascript:alert(1)", "https:evil.example", "/\t/evil.example", "http://testserver@evil.example",
)  # fmt: skip


@pytest.mark.parametrize("door", ["/language/", "/sign-in", "/resident/sign-in"])
def test_no_door_leads_to_another_site(world: World, door: str) -> None:
    """Neither at once nor through the form that carries it on."""
    sent = {"language": "en", "phone": "13912345678", "username": "a", "password": "b"}
    for onward in ELSEWHERE:
        for answer in (
            Client().post(door, sent | {"next": onward}),
            Client().get(door, {"next": onward}),
            Client().post(door, sent, headers={"Referer": onward}),
        ):
            assert "evil" not in answer.get("Location", ""), onward
            assert not re.search(r'name="next" value="[^"?]*evil', answer.content.decode()), onward


def test_the_door_forgets_who_was_here_before(world: World) -> None:
    """A number that once signed in and one that never did get the same answer and a code each."""
    answers = []
    for phone in ("13812345678", "13900000000"):
        browser = Client()
        answer = browser.post("/resident/sign-in", {"phone": phone})
        page = browser.get(answer["Location"]).content.decode()
        answers.append((answer.status_code, answer["Location"], _plain(page)))
    assert answers[0] == answers[1]
    assert OneTimeCode.objects.count() == SmsMessage.objects.count() == 2


def _plain(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_an_empty_number_is_nobody(world: World) -> None:
    """django-helpdesk: an empty address matched everybody without one."""
    for phone in ("", " ", "\u3000", "0", "+86", "-", "null"):
        assert Client().post("/resident/sign-in", {"phone": phone}).status_code == 400
    assert not OneTimeCode.objects.exists()


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver:99999"])
def test_the_host_header_writes_no_links(world: World, host: str) -> None:
    """Links that residents are shown come from the settings, not from the request."""
    answer = Client().get(f"/t/{world.here.tracking}/said", headers={"Host": host})
    assert "evil" not in answer.content.decode()
