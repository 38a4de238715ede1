"""Programs and their keys."""

import pytest
from django.test import Client

from zhitong.kernel.errors import Invalid, NotFound
from zhitong.kernel.identity import clients
from zhitong.kernel.identity.actions.clients import end_api_key, issue_api_key
from zhitong.kernel.identity.models import ApiClient
from zhitong.kernel.identity.scopes import client_scope
from zhitong.kernel.identity.tests.conftest import system
from zhitong.kernel.scope import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued():
    """A program and its key."""
    with acting(system()):
        return issue_api_key(
            name="市民热线", channel="hotline", permits=["loop.open"], path="37/14/03/001/"
        )


def test_a_key_opens_exactly_its_scope(issued):
    identifier, key = issued
    client = clients.find(f"Bearer {key}")
    assert client is not None
    scope = client_scope(client)
    assert scope.actor == f"client:{identifier}"
    assert scope.permits == {"loop.open"}
    assert scope.reach.subtrees == ("37/14/03/001/",)


def test_the_key_is_not_kept(issued):
    _identifier, key = issued
    row = ApiClient.objects.values().get()
    assert key not in repr(row)
    assert key.rpartition(".")[2] not in repr(row)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Basic {key}",
        "Bearer {key}x",
        "Bearer {short}",
        "Bearer zt.{other}.{secret}",
        "Bearer zt.zz.{secret}",
        "Bearer " + "a" * 5000,
        "bearer\x00",
    ],
)
def test_wrong_keys_open_nothing(issued, header):
    identifier, key = issued
    sent = header.format(
        key=key, short=key[:-1], other="0" * 32, secret=key.rpartition(".")[2], id=identifier
    )
    assert clients.find(sent) is None
    answer = Client().get("/", headers={"Authorization": sent})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.json()["code"] == "unauthorised"


def test_an_ended_key_opens_nothing(issued):
    identifier, key = issued
    with acting(system()):
        end_api_key(client=identifier)
        with pytest.raises(NotFound):
            end_api_key(client=identifier)
    assert clients.find(f"Bearer {key}") is None


def test_a_key_beside_a_cookie_is_a_program_only(signed_in, bureau, issued):
    client = signed_in(bureau.administrator)
    assert (
        client.get("/people", headers={"Authorization": f"Bearer {issued[1]}"}).status_code == 403
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("permits", []),
        ("permits", ["identity.appoint"]),
        ("permits", ["loop.everything"]),
        ("permits", ["loop.open", "loop.read"]),
        ("path", "37/14/04/"),
        ("path", "37/14/03"),
        ("path", "37/14/"),
        ("path", ""),
        ("name", ""),
        ("channel", "\x07"),
    ],
)
def test_no_program_gets_more_than_its_issuer_may_give(field, value):
    wanted = {"name": "x", "channel": "api", "permits": ["loop.open"], "path": "37/14/03/"}
    with acting(system()), pytest.raises(Invalid):
        issue_api_key(**{**wanted, field: value})
    assert not ApiClient.objects.exists()


def test_the_page_shows_the_key_once(signed_in, bureau):
    browser = signed_in(bureau.administrator)
    form = {"name": "热线", "channel": "hotline", "permits": "loop.open", "path": "37/14/03/"}
    page = browser.post("/clients/new", form)
    key = page.content.decode().split('<code class="words">')[1].split("<")[0]
    assert page["Cache-Control"] == "no-store"
    assert clients.find(f"Bearer {key}") is not None
    assert key not in browser.get("/clients").content.decode()
