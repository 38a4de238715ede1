"""A bureau with a station and an office, and people who serve there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

import pytest
from django.test import Client

from zhitong.kernel.areas.models import Area
from zhitong.kernel.clock import now
from zhitong.kernel.identity import sign_ins
from zhitong.kernel.identity.actions import doors, posts
from zhitong.kernel.identity.domain import Factor
from zhitong.kernel.identity.models import Account, Post, SignIn
from zhitong.kernel.identity.passwords import hashed
from zhitong.kernel.identity.scopes import door_scope
from zhitong.kernel.permits import PERMITS
from zhitong.kernel.scope import Reach, Scope, acting

PASSWORD = "a quiet road at dusk"
LONG_AGO = date(2020, 1, 1)


def system(*subtrees: str) -> Scope:
    """Somebody who sets things up."""
    return Scope(
        "system:tests", Reach(subtrees=subtrees or ("37/14/03/",)), frozenset(PERMITS), "tests"
    )


@dataclass(frozen=True)
class Bureau:
    """What there is before a test begins."""

    bureau: Post
    station: Post
    office: Post
    officer: Account
    administrator: Account
    second_administrator: Account


@pytest.fixture
def bureau(db: None) -> Bureau:
    """Areas, posts, roles and appointed people."""
    for code, name, level, path in (
        ("371403", "陵城区", "county", "37/14/03/"),
        ("371403001", "安德街道", "township", "37/14/03/001/"),
        ("371403001201", "北街村", "village", "37/14/03/001/201/"),
        ("371403002", "临齐街道", "township", "37/14/03/002/"),
    ):
        Area.objects.create(number=int(code), code=code, name=name, level=level, path=path)
    with acting(system()):
        posts.ensure_roles()
        top = posts.create_post(name="陵城区公安分局", kind="bureau", area="371403")
        station = posts.create_post(
            name="安德街道派出所", kind="station", area="371403001", parent=top
        )
        office = posts.create_post(
            name="北街警务室", kind="community", area="371403001201", parent=station
        )
    return Bureau(
        bureau=Post.objects.get(pk=top),
        station=Post.objects.get(pk=station),
        office=Post.objects.get(pk=office),
        officer=serving("wang.jianguo", "王建国", Post.objects.get(pk=office), "community_officer"),
        administrator=serving("admin.one", "管理一", Post.objects.get(pk=top), "administrator"),
        second_administrator=serving(
            "admin.two", "管理二", Post.objects.get(pk=top), "administrator"
        ),
    )


def serving(username: str, name: str, post: Post, role: str) -> Account:
    """Somebody with an account and an appointment."""
    account = Account.objects.create(
        username=username,
        name=name,
        password=known_hash(),
        must_change_password=False,
        made_at=now(),
    )
    with acting(system()):
        posts.appoint(account=account.pk, post=post.pk, role=role, starts_on=LONG_AGO)
    return account


@cache
def known_hash() -> str:
    """The hash of PASSWORD: making one takes a tenth of a second."""
    return hashed(PASSWORD)


@pytest.fixture
def signed_in(client: Client) -> Callable[[Account], Client]:
    """A browser that is signed in with both factors, without going through the pages."""

    def sign_in(account: Account, browser: Client = client) -> Client:
        with acting(door_scope(account, {"identity.sign_in"})):
            opened = doors.open_sign_in(account=account.pk, agent="Chrome Linux")
            row = SignIn.objects.get(digest=sign_ins.digest_of(opened.token))
            row.second_factor = Factor.TOTP
            opened = doors.further(row, account)
        browser.cookies[sign_ins.COOKIE] = opened.token
        return browser

    return sign_in
