"""The staff door: password and second factor, and every way they must not be got round."""

import base64
import json
from datetime import timedelta
from html import escape, unescape

import pytest
from django.test import Client
from django_otp.oath import hotp

from zhitong.kernel.audit.models import AuditEntry
from zhitong.kernel.clock import clock_at, now
from zhitong.kernel.errors import Denied
from zhitong.kernel.identity import passwords, sign_ins, staff_door
from zhitong.kernel.identity.domain import Factor, Stage
from zhitong.kernel.identity.models import Account, RecoveryCode, SignIn
from zhitong.kernel.identity.tests.conftest import PASSWORD
from zhitong.kernel.identity.totp import new_secret

NAME = "wang.jianguo"


def digits(secret: str, *, drift: int = 0) -> str:
    """What an authenticator shows now, or some steps of 30 seconds away."""
    step = int(now().timestamp()) // 30 + drift
    return f"{hotp(base64.b32decode(secret), step):06d}"


def enter(client, name=NAME, password=PASSWORD, **more):
    return client.post("/sign-in", {"username": name, "password": password, **more})


def refusals():
    entries = AuditEntry.objects.filter(action="identity.refuse_sign_in")
    return [json.loads(entry.details) for entry in entries.order_by("at_us")]


@pytest.fixture
def secret(bureau):
    """The officer has an authenticator with this secret."""
    secret = new_secret()
    bureau.officer.totp_secret = secret
    bureau.officer.save()
    return secret


@pytest.fixture
def at_second(client, secret):
    """A browser that gave the right password and has to prove the second factor."""
    assert enter(client)["Location"] == "/sign-in/second"
    return client


def test_password_then_digits_open_the_door(at_second, secret):
    assert at_second.get("/me").status_code == 302
    response = at_second.post("/sign-in/second", {"typed": digits(secret), "next": "/me"})
    assert response["Location"] == "/me"
    assert "王建国" in at_second.get("/me").content.decode()
    entry = AuditEntry.objects.filter(action="identity.prove").get()
    assert entry.actor.startswith("staff:")
    assert json.loads(entry.details) == {"stage": "open", "factor": "totp"}


def test_a_password_alone_opens_nothing_but_the_second_door(at_second):
    for address in ("/me", "/me/password", "/people", "/me/passkeys"):
        assert at_second.get(address)["Location"].startswith("/sign-in?next=")


def test_the_first_time_an_authenticator_is_set_up(client, bureau):
    enter(client)
    page = client.get("/sign-in/second").content.decode()
    signed = unescape(page.split('name="secret" value="')[1].split('"')[0])
    assert "<svg" in page
    plain = page.split('<code class="words">')[1].split("<")[0].replace(" ", "")
    wrong = client.post("/sign-in/second", {"secret": signed, "typed": "000000"})
    assert wrong.status_code == 400
    shown = client.post("/sign-in/second", {"secret": signed, "typed": digits(plain)})
    assert shown.status_code == 200
    assert client.get("/me").status_code == 200
    assert RecoveryCode.objects.filter(account=bureau.officer).count() == 10
    code = shown.content.decode().split("<li><code>")[1].split("<")[0]
    client.post("/sign-out")
    enter(client)
    assert client.post("/sign-in/second", {"typed": code.upper()}).status_code == 302
    client.post("/sign-out")
    enter(client)
    assert client.post("/sign-in/second", {"typed": code}).status_code == 400


def test_a_secret_signed_for_somebody_else_is_not_taken(client, bureau):
    enter(client, "admin.one")
    page = client.get("/sign-in/second").content.decode()
    signed = unescape(page.split('name="secret" value="')[1].split('"')[0])
    plain = page.split('<code class="words">')[1].split("<")[0].replace(" ", "")
    enter(client)
    refused = client.post("/sign-in/second", {"secret": signed, "typed": digits(plain)})
    assert refused.status_code == 400
    assert not Account.objects.get(pk=bureau.officer.pk).totp_secret


def test_whoever_knows_the_password_cannot_add_a_second_factor(at_second, bureau):
    waiting = SignIn.objects.get(ended_at=None)
    with pytest.raises(Denied):
        staff_door.enrol(sign_in=waiting, secret=new_secret(), typed="000000")


def test_digits_work_once(at_second, secret):
    shown = digits(secret)
    assert at_second.post("/sign-in/second", {"typed": shown}).status_code == 302
    other = Client()
    enter(other)
    replayed = other.post("/sign-in/second", {"typed": shown})
    assert replayed.status_code == 400
    assert other.get("/me").status_code == 302


def test_an_earlier_step_does_not_work_after_a_later_one(at_second, secret):
    assert at_second.post("/sign-in/second", {"typed": digits(secret, drift=1)}).status_code == 302
    other = Client()
    enter(other)
    assert other.post("/sign-in/second", {"typed": digits(secret)}).status_code == 400


@pytest.mark.parametrize(("drift", "status"), [(-2, 400), (-1, 302), (1, 302), (2, 400)])
def test_clocks_may_differ_by_one_step(at_second, secret, drift, status):
    answer = at_second.post("/sign-in/second", {"typed": digits(secret, drift=drift)})
    assert answer.status_code == status


@pytest.mark.parametrize(
    "typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "' or 1=1 --", "9" * 60]
)
def test_what_are_no_digits(at_second, typed):
    assert at_second.post("/sign-in/second", {"typed": typed}).status_code == 400


def test_digits_of_somebody_else_do_not_fit(at_second, bureau):
    theirs = new_secret()
    bureau.administrator.totp_secret = theirs
    bureau.administrator.save()
    assert at_second.post("/sign-in/second", {"typed": digits(theirs)}).status_code == 400


def test_five_wrong_second_factors_lock_even_the_right_one_out(at_second, secret):
    for _try in range(5):
        assert at_second.post("/sign-in/second", {"typed": "000000"}).status_code == 400
    answer = at_second.post("/sign-in/second", {"typed": digits(secret)})
    assert answer.status_code == 429
    assert refusals()[-1] == {"door": "code", "locked": True}
    with clock_at(now() + timedelta(minutes=9)):
        assert at_second.post("/sign-in/second", {"typed": digits(secret)}).status_code == 429


def test_five_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour(client, bureau):
    for _try in range(5):
        assert enter(client, password="wrong").status_code == 400
    assert enter(client).status_code == 429
    assert [entry["locked"] for entry in refusals()] == [False] * 4 + [True]
    with clock_at(now() + timedelta(minutes=16)):
        assert enter(client).status_code == 302


def test_a_right_password_starts_the_count_anew(client, bureau):
    for _try in range(4):
        enter(client, password="wrong")
    assert enter(client).status_code == 302
    for _try in range(4):
        assert enter(client, password="wrong").status_code == 400
    assert enter(client).status_code == 302


def test_one_address_cannot_try_many_names(client, bureau, monkeypatch):
    monkeypatch.setattr(passwords, "fits", lambda account, password: False)
    for number in range(60):
        assert enter(client, name=f"guess{number:03d}").status_code == 400
    assert enter(client, name="guess999").status_code == 429


def test_a_refusal_is_written_down_without_what_was_typed(client, bureau):
    enter(client, name="my secret password", password="hunter2hunter2")
    entry = AuditEntry.objects.filter(action="identity.refuse_sign_in").get()
    assert entry.actor == "public"
    written = f"{entry.target}{entry.details}{entry.label}"
    assert "secret" not in written
    assert "hunter2" not in written


def test_a_closed_account_stays_out_and_is_thrown_out(signed_in, client, bureau):
    signed_in(bureau.officer)
    assert client.get("/me").status_code == 200
    Account.objects.filter(pk=bureau.officer.pk).update(active=False)
    assert client.get("/me").status_code == 302
    assert enter(Client()).status_code == 400


def test_a_first_password_has_to_be_changed(client, bureau, settings):
    settings.DEMO = True
    Account.objects.filter(pk=bureau.officer.pk).update(must_change_password=True)
    assert enter(client)["Location"] == "/sign-in/password"
    assert client.get("/me").status_code == 302
    new = "the river bends twice"
    form = {"old": PASSWORD, "password": new, "again": new}
    assert client.post("/sign-in/password", form).status_code == 302
    assert client.get("/me").status_code == 200
    assert enter(Client()).status_code == 400
    assert enter(Client(), password=new).status_code == 302


@pytest.mark.parametrize(
    ("new", "problem"),
    [
        ("short", "password_too_short"),
        ("password123", "password_too_common"),
        ("93746251840", "password_entirely_numeric"),
        ("wang.jianguo", "password_too_similar"),
    ],
)
def test_a_poor_password_is_refused_in_plain_words(signed_in, bureau, new, problem):
    client = signed_in(bureau.officer)
    answer = client.post("/me/password", {"old": PASSWORD, "password": new, "again": new})
    assert answer.status_code == 400
    assert escape(str(passwords.SENTENCES[problem])) in answer.content.decode()
    assert Account.objects.get(pk=bureau.officer.pk).password == bureau.officer.password


def test_demo_mode_lets_in_without_second_factor_only_where_none_is_set_up(
    client, bureau, settings
):
    settings.DEMO = True
    assert enter(client)["Location"] == "/board"
    assert SignIn.objects.get(ended_at=None).second_factor == Factor.DEMO
    bureau.officer.totp_secret = new_secret()
    bureau.officer.save()
    assert enter(client)["Location"] == "/sign-in/second"


def test_recovery_codes_are_not_kept_in_the_clear(at_second, secret, bureau):
    at_second.post("/sign-in/second", {"typed": digits(secret)})
    shown = at_second.post("/me/recovery-codes", {"password": PASSWORD}).content.decode()
    code = shown.split("<li><code>")[1].split("<")[0]
    digests = RecoveryCode.objects.values_list("digest", flat=True)
    assert len(digests) == 10
    assert all(code not in digest and len(digest) == 64 for digest in digests)


def test_the_second_door_closes_after_ten_minutes(at_second, secret):
    with clock_at(now() + timedelta(minutes=10)):
        answer = at_second.post("/sign-in/second", {"typed": digits(secret)})
        assert answer["Location"] == "/sign-in"
    assert SignIn.objects.get().stage == Stage.SECOND


def test_the_secret_is_sealed_at_rest(secret, bureau):
    raw = Account.objects.filter(pk=bureau.officer.pk).values_list("totp_secret", flat=True)[0]
    assert secret not in repr(raw)
    assert sign_ins.find("x" * 43) is None
