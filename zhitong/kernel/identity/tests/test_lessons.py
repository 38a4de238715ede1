"""What others learnt the hard way: one test for each class of hole at a door.

RT CVE-2021-38562 (time tells valid names), RT CVE-2022-25803 (open redirect), session fixation,
and tokens that outlive what they were for.
"""

import re
import statistics
import time
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client

from zhitong.kernel.clock import clock_at, now
from zhitong.kernel.identity import passwords, sign_ins
from zhitong.kernel.identity.domain import Stage
from zhitong.kernel.identity.models import SignIn
from zhitong.kernel.identity.tests.conftest import PASSWORD
from zhitong.kernel.identity.totp import new_secret


def enter(client, name, password, **more):
    return client.post("/sign-in", {"username": name, "password": password, **more})


def plain(response):
    """A page without its form keys, which differ every time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


def test_known_and_unknown_names_get_the_same_answer(client, bureau):
    known = plain(enter(client, "wang.jianguo", "wrong"))
    unknown = plain(enter(client, "wang.nobodys", "wrong"))
    assert known.replace("wang.jianguo", "") == unknown.replace("wang.nobodys", "")
    for _try in range(4):
        enter(client, "wang.jianguo", "wrong")
        enter(client, "wang.nobodys", "wrong")
    known, unknown = (enter(client, name, "wrong") for name in ("wang.jianguo", "wang.nobodys"))
    assert known.status_code == unknown.status_code == 429


def test_known_and_unknown_names_take_the_same_work(bureau, monkeypatch):
    """Counted, because a busy machine cannot be timed: exactly one hash is checked either way."""
    checked: list[str] = []

    def counted(password, encoded):
        checked.append(encoded)
        return check_password(password, encoded)

    monkeypatch.setattr(passwords, "check_password", counted)
    passwords.nobodys_hash()
    assert not passwords.fits(bureau.officer, "wrong")
    assert not passwords.fits(None, "wrong")
    assert len(checked) == 2
    assert [one.split("$")[:4] for one in checked[:1]] == [
        one.split("$")[:4] for one in checked[1:]
    ]


def test_known_and_unknown_names_take_about_the_same_time(bureau):
    def median(account):
        spent = []
        for _try in range(7):
            start = time.process_time()
            passwords.fits(account, "wrong")
            spent.append(time.process_time() - start)
        return statistics.median(spent)

    passwords.nobodys_hash()
    assert 1 / 3 < median(bureau.officer) / median(None) < 3


@pytest.mark.parametrize(
    "onward", ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example"]
)
def test_nobody_is_sent_to_another_site(client, bureau, settings, onward):
    settings.DEMO = True
    answer = enter(client, "wang.jianguo", PASSWORD, next=onward)
    assert answer["Location"] == "/board"
    page = client.get("/sign-in", {"next": onward}).content.decode()
    assert not re.search(r'name="next" value="[^"?]*evil', page)


def test_a_planted_token_is_never_taken_over(client, bureau, settings):
    settings.DEMO = True
    client.cookies[sign_ins.COOKIE] = planted = "p" * 43
    enter(client, "wang.jianguo", PASSWORD)
    assert client.cookies[sign_ins.COOKIE].value != planted
    assert sign_ins.find(planted) is None


def test_every_step_up_draws_a_new_token_and_a_new_form_key(client, bureau, settings):
    settings.DEMO = True
    client.get("/sign-in")
    before = client.cookies["csrftoken"].value
    enter(client, "wang.jianguo", PASSWORD)
    first = client.cookies[sign_ins.COOKIE].value
    assert client.cookies["csrftoken"].value != before
    new = "the river bends twice"
    client.post("/me/password", {"old": PASSWORD, "password": new, "again": new})
    assert client.cookies[sign_ins.COOKIE].value != first
    assert sign_ins.find(first) is None
    assert client.get("/me").status_code == 200


def test_the_token_is_not_in_the_database(client, bureau, settings):
    settings.DEMO = True
    enter(client, "wang.jianguo", PASSWORD)
    token = client.cookies[sign_ins.COOKIE].value
    assert not SignIn.objects.filter(digest=token).exists()
    cookie = client.cookies[sign_ins.COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"]


def test_forms_need_their_key(bureau):
    strict = Client(enforce_csrf_checks=True)
    assert enter(strict, "wang.jianguo", PASSWORD).status_code == 403
    assert strict.post("/sign-out").status_code == 403


def test_a_signed_out_token_is_dead(signed_in, bureau):
    client = signed_in(bureau.officer)
    token = client.cookies[sign_ins.COOKIE].value
    client.post("/sign-out")
    thief = Client()
    thief.cookies[sign_ins.COOKIE] = token
    assert thief.get("/me").status_code == 302


@pytest.mark.parametrize(
    ("after", "status"),
    [(timedelta(minutes=14), 200), (timedelta(minutes=15), 302)],
)
def test_an_idle_sign_in_ends(signed_in, bureau, after, status):
    client = signed_in(bureau.officer)
    with clock_at(now() + after):
        assert client.get("/me").status_code == status


def test_even_a_busy_sign_in_ends_after_eight_hours(signed_in, bureau):
    client, start = signed_in(bureau.officer), now()
    for minutes in range(10, 480, 10):
        with clock_at(start + timedelta(minutes=minutes)):
            assert client.get("/me").status_code == 200
    with clock_at(start + timedelta(hours=8)):
        assert client.get("/me").status_code == 302


def test_a_page_that_refreshes_itself_keeps_nobody_signed_in(signed_in, bureau):
    client, start = signed_in(bureau.officer), now()
    for minutes in (5, 10):
        with clock_at(start + timedelta(minutes=minutes)):
            assert client.get("/me", headers={"Zhitong-Poll": "1"}).status_code == 200
    with clock_at(start + timedelta(minutes=15)):
        assert client.get("/me", headers={"Zhitong-Poll": "1"}).status_code == 302


def test_the_sixth_sign_in_ends_the_first(signed_in, bureau):
    browsers = []
    for minutes in range(6):
        with clock_at(now() + timedelta(seconds=minutes)):
            browsers.append(signed_in(bureau.officer, Client()))
    assert browsers[0].get("/me").status_code == 302
    assert all(browser.get("/me").status_code == 200 for browser in browsers[1:])


def test_knowing_the_password_pushes_nobody_out(signed_in, bureau):
    bureau.officer.totp_secret = new_secret()
    bureau.officer.save()
    owner = signed_in(bureau.officer, Client())
    for _try in range(8):
        assert enter(Client(), "wang.jianguo", PASSWORD).status_code == 302
    assert owner.get("/me").status_code == 200
    assert SignIn.objects.filter(ended_at=None, stage=Stage.SECOND).count() == 5


def test_sign_out_everywhere(signed_in, bureau):
    browsers = [signed_in(bureau.officer, Client()) for _one in range(3)]
    other = signed_in(bureau.administrator, Client())
    browsers[0].post("/me/sign-ins/end")
    assert all(browser.get("/me").status_code == 302 for browser in browsers)
    assert other.get("/me").status_code == 200


def test_a_request_costs_two_queries_for_staff_and_none_for_anybody(
    signed_in, bureau, django_assert_num_queries
):
    client = signed_in(bureau.officer)
    with django_assert_num_queries(2):
        client.get("/nowhere")
    with django_assert_num_queries(0):
        Client().get("/nowhere")
