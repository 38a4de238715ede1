"""The residents' door: a phone number and a code."""

import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from zhitong.kernel.audit.models import AuditEntry
from zhitong.kernel.clock import clock_at, now
from zhitong.kernel.crypto.sealed import unsealed
from zhitong.kernel.errors import Invalid
from zhitong.kernel.identity import resident_door
from zhitong.kernel.identity.actions.residents import WRONG
from zhitong.kernel.identity.models import OneTimeCode, Resident, SignIn
from zhitong.kernel.identity.scopes import resident_scope
from zhitong.kernel.scope import acting
from zhitong.kernel.sms.models import SmsMessage

PHONE = "13812345678"
pytestmark = pytest.mark.django_db


def newest_digits() -> str:
    """The digits in the newest text message."""
    message = SmsMessage.objects.latest("made_at")
    return str(re.findall(r"\d{6}", unsealed(message.text))[0])


def ask(client, phone=PHONE):
    return client.post("/resident/sign-in", {"phone": phone})


def test_a_code_signs_a_resident_in(client):
    assert ask(client, "+86 138 1234 5678")["Location"] == "/resident/code"
    answer = client.post("/resident/code", {"typed": newest_digits(), "next": "/me"})
    assert answer["Location"] == "/me"
    page = client.get("/me").content.decode()
    assert "138****5678" in page
    assert PHONE not in page
    entry = AuditEntry.objects.get(action="identity.sign_in_resident")
    assert PHONE not in f"{entry.actor}{entry.label}{entry.target}{entry.details}"


def test_the_same_phone_is_the_same_resident(client):
    for browser in (client, Client()):
        ask(browser)
        browser.post("/resident/code", {"typed": newest_digits()})
    keys = set(SignIn.objects.values_list("resident_key", flat=True))
    assert len(keys) == 1
    with acting(resident_scope(keys.pop())):
        resident = Resident.objects.get()
    assert unsealed(resident.phone) == PHONE


def test_no_resident_reaches_another(client):
    for browser, phone in ((client, PHONE), (Client(), "13912345678")):
        ask(browser, phone)
        browser.post("/resident/code", {"typed": newest_digits()})
    one, two = SignIn.objects.values_list("resident_key", flat=True)
    with acting(resident_scope(one)):
        assert [each.key for each in Resident.objects.all()] == [one]
        assert not Resident.objects.filter(key=two).exists()


def test_the_answer_tells_nobody_whether_a_phone_was_here(client):
    ask(client)
    client.post("/resident/code", {"typed": newest_digits()})
    known, unknown = ask(Client()), ask(Client(), "13987654321")
    assert known.status_code == unknown.status_code == 302
    assert known["Location"] == unknown["Location"]
    assert known.content == unknown.content


def test_a_code_works_once(client):
    ask(client)
    typed = newest_digits()
    code = OneTimeCode.objects.get()
    client.post("/resident/code", {"typed": typed})
    with pytest.raises(Invalid):
        resident_door.enter(code=code.pk, typed=typed, address="a", agent="")


def test_a_code_is_good_for_five_minutes(client):
    ask(client)
    with clock_at(now() + timedelta(minutes=5)):
        answer = client.post("/resident/code", {"typed": newest_digits()})
    assert answer.status_code == 400


def test_a_newer_code_ends_the_older(client):
    ask(client)
    older = newest_digits()
    other = Client()
    ask(other)
    assert client.post("/resident/code", {"typed": older}).status_code == 400
    assert other.post("/resident/code", {"typed": newest_digits()}).status_code == 302


def test_five_wrong_tries_spend_the_code(client):
    ask(client)
    typed = newest_digits()
    wrong = f"{(int(typed) + 1) % 10**6:06d}"
    for _try in range(5):
        assert client.post("/resident/code", {"typed": wrong}).status_code == 400
    assert client.post("/resident/code", {"typed": typed}).status_code == 400
    refusals = AuditEntry.objects.filter(action="identity.refuse_sign_in").order_by("at_us")
    assert [json.loads(one.details)["locked"] for one in refusals] == [False] * 4 + [True, False]


def test_the_code_of_another_phone_does_not_fit(client):
    ask(client)
    mine = newest_digits()
    other = Client()
    ask(other, "13912345678")
    if newest_digits() != mine:
        assert client.post("/resident/code", {"typed": newest_digits()}).status_code == 400


def test_a_code_asked_elsewhere_cannot_be_typed_here(client):
    ask(client)
    stranger = Client()
    assert stranger.post("/resident/code", {"typed": newest_digits()})["Location"] == (
        "/resident/sign-in"
    )
    stranger.cookies["zhitong_code"] = str(OneTimeCode.objects.get().pk)
    assert stranger.post("/resident/code", {"typed": newest_digits()})["Location"] == (
        "/resident/sign-in"
    )


def test_the_fourth_code_in_a_quarter_of_an_hour_is_not_sent(client):
    for _try in range(3):
        assert ask(client).status_code == 302
    assert ask(client).status_code == 429
    assert SmsMessage.objects.count() == 3
    assert ask(client, "13912345678").status_code == 302


def test_one_address_cannot_spray_codes(client):
    for number in range(30):
        assert ask(client, f"138{number:08d}").status_code == 302
    assert ask(client, "13899999999").status_code == 429


@pytest.mark.parametrize(
    "phone", ["", "1", "110", "=1+1", "<b>", "1" * 500, "138\x001234567", "١٣٨"]
)
def test_what_is_no_phone_is_refused_and_nothing_is_written(client, phone):
    assert ask(client, phone).status_code == 400
    assert not SmsMessage.objects.exists()
    assert not OneTimeCode.objects.exists()


def test_an_unknown_code_is_refused_in_the_same_words():
    with pytest.raises(Invalid) as refusal:
        resident_door.enter(code=uuid4(), typed="123456", address="a", agent="")
    assert refusal.value.fields == {"code": WRONG}


def test_neither_number_nor_digits_are_kept_in_the_clear(client):
    ask(client)
    typed = newest_digits()
    row = OneTimeCode.objects.values_list("digest", "phone_index", "phone").get()
    assert typed not in row[0]
    assert PHONE not in repr(row)


def test_a_resident_can_have_the_number_removed(client):
    ask(client)
    client.post("/resident/code", {"typed": newest_digits()})
    key = SignIn.objects.get().resident_key
    other = Client()
    ask(other, "13912345678")
    other.post("/resident/code", {"typed": newest_digits()})
    assert client.post("/me/forget").status_code == 302
    with acting(resident_scope(key)):
        assert not Resident.objects.exists()
    assert client.get("/me").status_code == 302
    assert other.get("/me").status_code == 200
    assert not OneTimeCode.objects.filter(used_at=None).exists()


def test_residents_open_no_staff_page(client):
    ask(client)
    client.post("/resident/code", {"typed": newest_digits()})
    for address in ("/people", "/me/password", "/me/passkeys", "/clients"):
        assert client.get(address).status_code == 403


def test_the_demo_shows_messages_and_nobody_else_does(client, settings):
    ask(client)
    assert client.get("/demo/sms").status_code == 404
    assert client.get("/demo/sign-in").status_code == 404
    settings.DEMO = True
    page = client.get("/demo/sms").content.decode()
    assert newest_digits() in page
    assert PHONE not in page
