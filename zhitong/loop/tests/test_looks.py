"""Every way of opening a record is written down."""

from http import HTTPStatus

import pytest
from django.test import Client

from zhitong.kernel.audit.models import AuditEntry
from zhitong.kernel.identity.actions.doors import Opened, open_sign_in
from zhitong.kernel.identity.domain import Stage
from zhitong.kernel.identity.models import Account, SignIn
from zhitong.kernel.identity.scopes import door_scope
from zhitong.kernel.identity.sign_ins import COOKIE
from zhitong.kernel.scope import acting
from zhitong.loop.models import Matter
from zhitong.loop.tests.county import County


def looks(matter: Matter) -> int:
    return AuditEntry.objects.filter(target=matter.target, action="loop.read").count()


@pytest.fixture
def officer(county: County, client: Client) -> Client:
    """A browser in which the officer is signed in."""
    account = Account.objects.get(username="wangjianguo")
    with acting(door_scope(account, {"identity.sign_in"})):
        opened: Opened = open_sign_in(account=account.pk)
    SignIn.objects.filter(account=account).update(stage=Stage.OPEN)
    client.cookies[COOKIE] = opened.token
    return client


def test_a_form_that_comes_back_shows_the_record_and_says_so(
    officer: Client, matter: Matter
) -> None:
    """An answer with nothing in it brings the whole page back."""
    page = officer.get(f"/m/{matter.code}")
    assert (page.status_code, looks(matter)) == (HTTPStatus.OK, 1)
    again = officer.post(f"/m/{matter.code}/answer", {"text": "", "version": "1"})
    assert again.status_code == HTTPStatus.BAD_REQUEST
    assert "路灯坏了" in again.text
    assert looks(matter) == 2
