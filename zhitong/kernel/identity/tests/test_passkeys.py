"""Passkeys, from registration to use, with an authenticator in software."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhitong.kernel.identity import sign_ins
from zhitong.kernel.identity.domain import Factor
from zhitong.kernel.identity.models import Passkey, SignIn
from zhitong.kernel.identity.tests.authenticator import SoftKey
from zhitong.kernel.identity.tests.conftest import PASSWORD

HOST = {"HTTP_HOST": "localhost"}


def register(client, key, password=PASSWORD):
    options = client.post("/me/passkeys/options", {"password": password}, **HOST)
    if options.status_code != 200:
        return options
    answer = json.dumps(key.make(options.json()))
    return client.post("/me/passkeys/answer", {"answer": answer}, **HOST)


def prove(client, key, **changes):
    options = client.post("/sign-in/passkey/options", **HOST).json()
    answer = {**key.get(options), **changes}
    return client.post("/sign-in/passkey/answer", {"answer": json.dumps(answer)}, **HOST)


@pytest.fixture
def key(signed_in, bureau, client):
    """A passkey of the officer, whose browser then stands at the second door."""
    key = SoftKey()
    assert register(signed_in(bureau.officer), key).status_code == 200
    client.post("/sign-out")
    client.post("/sign-in", {"username": "wang.jianguo", "password": PASSWORD})
    return key


def test_a_passkey_is_the_second_factor(client, key):
    before = client.cookies[sign_ins.COOKIE].value
    answer = prove(client, key)
    assert answer.json() == {"next": "/board"}
    assert client.cookies[sign_ins.COOKIE].value != before
    assert client.get("/me").status_code == 200
    assert SignIn.objects.get(ended_at=None).second_factor == Factor.PASSKEY


def test_the_page_offers_it_beside_the_digits(client, key):
    page = client.get("/sign-in/second").content.decode()
    assert "passkey-door" in page
    assert 'name="typed"' in page


def test_an_answer_works_once(client, key):
    options = client.post("/sign-in/passkey/options", **HOST).json()
    answer = {"answer": json.dumps(key.get(options))}
    waiting = client.cookies[sign_ins.COOKIE].value
    assert client.post("/sign-in/passkey/answer", answer, **HOST).status_code == 200
    client.cookies[sign_ins.COOKIE] = waiting
    assert client.post("/sign-in/passkey/answer", answer, **HOST).status_code == 403
    client.post("/sign-in", {"username": "wang.jianguo", "password": PASSWORD})
    assert client.post("/sign-in/passkey/answer", answer, **HOST).status_code == 400
    client.post("/sign-in/passkey/options", **HOST)
    assert client.post("/sign-in/passkey/answer", answer, **HOST).status_code == 400


def test_a_copied_key_is_noticed_by_its_counter(client, key):
    key.count = 50
    assert prove(client, key).status_code == 200
    client.post("/sign-in", {"username": "wang.jianguo", "password": PASSWORD})
    key.count = 20
    assert prove(client, key).status_code == 400


def test_another_key_does_not_fit(client, key):
    thief = SoftKey(credential_id=key.credential_id)
    assert prove(client, thief).status_code == 400
    assert prove(client, SoftKey()).status_code == 400


def test_an_answer_given_to_another_site_does_not_fit(client, key):
    key.origin = "https://zhitong.example"
    assert prove(client, key).status_code == 400


def test_five_wrong_answers_lock_the_door(client, key):
    for _try in range(5):
        assert prove(client, SoftKey()).status_code == 400
    assert prove(client, key).status_code == 429


def test_adding_one_needs_the_password(signed_in, bureau):
    client = signed_in(bureau.officer)
    assert register(client, SoftKey(), password="wrong").status_code == 400
    assert not Passkey.objects.exists()


def test_the_same_key_is_not_added_twice_or_to_two_people(signed_in, bureau):
    key = SoftKey()
    assert register(signed_in(bureau.officer), key).status_code == 200
    assert register(signed_in(bureau.officer), key).status_code == 400
    assert register(signed_in(bureau.administrator), key).status_code == 400
    assert Passkey.objects.count() == 1


def test_nobody_removes_somebody_elses(signed_in, bureau):
    register(signed_in(bureau.officer), SoftKey())
    address = f"/me/passkeys/{Passkey.objects.get().pk}/remove"
    assert signed_in(bureau.administrator).post(address).status_code == 404
    assert signed_in(bureau.officer).post(address).status_code == 302
    assert not Passkey.objects.exists()


def test_no_question_without_a_password(client, bureau):
    assert client.post("/sign-in/passkey/options", **HOST).status_code == 403
    assert client.post("/sign-in/passkey/answer", {"answer": "{}"}, **HOST).status_code == 403


HUGE = '{"id": %s, "rawId": %s, "response": {}}' % ((10**11,) * 2)  # so many bytes, if taken so
BROKEN = ["", "null", "[]", "{", "[" * 9000, '{"a": 1}', "x" * 30_000, HUGE]


@pytest.mark.parametrize("answer", BROKEN)
def test_broken_answers_are_refused(client, key, answer):
    client.post("/sign-in/passkey/options", **HOST)
    status = client.post("/sign-in/passkey/answer", {"answer": answer}, **HOST).status_code
    assert status == 400


TEXT = st.text(max_size=40) | st.binary(max_size=40).map(lambda raw: raw.hex())
FIELD = st.none() | st.integers() | TEXT | st.lists(TEXT, max_size=2)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    response=st.dictionaries(
        st.sampled_from(["clientDataJSON", "authenticatorData", "signature"]), FIELD
    ),
    raw=FIELD,
)
def test_drawn_answers_never_break_the_door(client, key, response, raw):
    client.post("/sign-in/passkey/options", **HOST)
    answer = {"id": raw, "rawId": raw, "type": "public-key", "response": response}
    sent = {"answer": json.dumps(answer)}
    status = client.post("/sign-in/passkey/answer", sent, **HOST).status_code
    assert status in {400, 429}
