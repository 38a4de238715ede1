"""A county with one person of every kind, and two of every thing: one near, one far away."""

import io
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client

from tests.hostile.files import picture
from zhitong.kernel.areas.models import Area
from zhitong.kernel.bus.models import Delivery, Event
from zhitong.kernel.clock import now
from zhitong.kernel.crypto.codes import tracking_code
from zhitong.kernel.crypto.index import blind_index
from zhitong.kernel.identity import sign_ins
from zhitong.kernel.identity.actions.clients import issue_api_key
from zhitong.kernel.identity.actions.posts import ensure_roles
from zhitong.kernel.identity.domain import Factor, Stage
from zhitong.kernel.identity.models import (
    Account,
    ApiClient,
    Appointment,
    Passkey,
    Post,
    Resident,
    Role,
    SignIn,
)
from zhitong.kernel.identity.roles import PROGRAM, PUBLIC, ROLES
from zhitong.kernel.identity.scopes import client_scope, public_scope, resident_scope, staff_scope
from zhitong.kernel.ids import uuid7
from zhitong.kernel.media.photos import Photo as Picture
from zhitong.kernel.media.photos import reencode
from zhitong.kernel.permits import PERMITS
from zhitong.kernel.scope import Reach, Scope, acting
from zhitong.kernel.webhooks.actions import ping, subscribe
from zhitong.loop import actions
from zhitong.loop.models import Matter, Photo
from zhitong.loop.tests.county import COUNTY, TOWN, VILLAGE, County, by_link, path_of

FAR_COUNTY, FAR_TOWN = "371402", "371402001"
WHOLE_COUNTY = frozenset({"administrator", "auditor", "supervisor"})
FOR_PROGRAMS = sorted(PROGRAM)
RESIDENT = "01890000-0000-7000-8000-000000000001"
EVERYTHING = Scope(
    "system:tests", Reach(subtrees=("37/",)), frozenset(PERMITS), "tests"
)  # fmt: skip


class QuickHasher(Argon2PasswordHasher):
    """The real one takes a tenth of a second, on purpose."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1


@dataclass(frozen=True)
class Place:
    """One of every thing that an address can name."""

    matter: str
    photo: UUID
    tracking: str
    account: UUID
    appointment: UUID
    client: UUID
    delivery: int
    webhook: UUID
    message: UUID


@dataclass(frozen=True)
class Person:
    """Somebody at a browser: who they are to the house, and how their requests prove it."""

    role: str
    scope: Scope
    passkey: UUID | None = None
    cookie: str = ""
    key: str = ""

    def browser(self, *, strict: bool = True) -> Client:
        """A browser of theirs; a strict one is asked for the key of every form."""
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        browser = Client(enforce_csrf_checks=strict, raise_request_exception=True, headers=headers)
        if self.cookie:
            browser.cookies[sign_ins.COOKIE] = self.cookie
        return browser


@dataclass(frozen=True)
class World:
    """People of every role, what lies within everybody's reach, and what lies beyond."""

    people: dict[str, Person]
    here: Place
    away: Place
    county: County


NOWHERE = Place(
    matter="0000-0000",
    photo=UUID(int=7),
    tracking="0000-0000-0000-0000",
    account=UUID(int=7),
    appointment=UUID(int=7),
    client=UUID(int=7),
    delivery=999_999,
    webhook=UUID(int=7),
    message=UUID(int=7),
)


def build(county: County) -> World:
    """Found it. About a tenth of a second."""
    with acting(EVERYTHING):
        ensure_roles()
    bureau = Post.objects.get(area__code=COUNTY)
    far = _far_station()
    people = {
        seed.name: _staff(seed.name, bureau if seed.name in WHOLE_COUNTY else county.station)
        for seed in ROLES
    }
    partner, key = issued("partner", path_of(TOWN))
    people |= {
        "public": Person("public", public_scope()),
        "resident": _resident(),
        "client": Person("client", client_scope(partner), key=key),
    }
    here = _place("near", VILLAGE, county.station, partner.pk)
    away = _place("far", FAR_TOWN, far, issued("stranger", path_of(FAR_TOWN))[0].pk)
    return World(people, here, away, county)


@cache
def a_photo() -> Picture:
    """A small sound photo, drawn once."""
    return reencode(io.BytesIO(picture()))


def _far_station() -> Post:
    Area.objects.create(
        number=int(FAR_COUNTY), code=FAR_COUNTY, name="德城区", level="county",
        path=path_of(FAR_COUNTY),
    )  # fmt: skip
    town = Area.objects.create(
        number=int(FAR_TOWN), code=FAR_TOWN, name="新湖街道", level="township",
        path=path_of(FAR_TOWN),
    )  # fmt: skip
    return Post.objects.create(name="新湖派出所", kind=Post.Kind.STATION, area=town, path=town.path)


def serving(name: str, post: Post, role: str) -> tuple[Account, Appointment]:
    """Somebody who serves at a post."""
    account = Account.objects.create(
        username=f"test.{name}".replace("_", "-"), name="陈志远", password="!", made_at=now(),
        must_change_password=False,
    )  # fmt: skip
    appointment = Appointment.objects.create(
        account=account, post=post, role=Role.objects.get(name=role), starts_on=date(2020, 1, 1)
    )
    return account, appointment


def _staff(role: str, post: Post) -> Person:
    account, _appointment = serving(role, post, role)
    passkey = Passkey.objects.create(
        account=account, label="key", credential_id=uuid7().bytes, credential=b"x", made_at=now()
    )
    return Person(role, staff_scope(account), passkey.pk, signed_in(account=account))


def signed_in(*, account: Account | None = None, resident: str = "", label: str = "") -> str:
    """The cookie of a sign-in that is open."""
    token = sign_ins.new_token()
    SignIn.objects.create(
        digest=sign_ins.digest_of(token), account=account, resident_key=resident, label=label,
        stage=Stage.OPEN, second_factor=Factor.TOTP, agent="test", started_at=now(),
        last_seen_at=now(),
    )  # fmt: skip
    return token


def _resident() -> Person:
    phone = "13812345678"
    index = blind_index(phone, purpose="identity.phone")
    with acting(resident_scope(RESIDENT)):
        Resident.objects.create(key=RESIDENT, phone=phone, phone_index=index, made_at=now())
    cookie = signed_in(resident=RESIDENT, label="138****5678")
    return Person("resident", resident_scope(RESIDENT), cookie=cookie)


def issued(name: str, path: str) -> tuple[ApiClient, str]:
    """A partner program and its key."""
    with acting(EVERYTHING):
        identifier, key = issue_api_key(name=name, channel="api", permits=FOR_PROGRAMS, path=path)
    return ApiClient.objects.get(pk=identifier), key


def _place(name: str, area: str, post: Post, client: UUID) -> Place:
    matter = _said(name, area)
    account, appointment = serving(name, post, "community_officer")
    event = Event.objects.create(
        name="tests.Happened", body={}, aggregate=name, actor="public", path=path_of(area), at=now()
    )
    stuck = Delivery.objects.create(
        event=event, listener="tests", aggregate=name, next_try_at=now(), dead_at=now()
    )
    with acting(EVERYTHING):
        hook, _secret = subscribe(
            name=name, url="https://example.com/in", facts=["loop.MatterClosed"], path=path_of(area)
        )
        message = ping(webhook=hook)
    with acting(by_link(name)):
        photo = Photo.objects.get(matter=matter).pk
    return Place(
        matter=matter.code,
        photo=photo,
        tracking=tracking_code(channel="web", external_id=name),
        account=account.pk,
        appointment=appointment.pk,
        client=client,
        delivery=stuck.pk,
        webhook=hook,
        message=message,
    )


def _said(name: str, area: str) -> Matter:
    with acting(by_link(name, PUBLIC)):
        return actions.open_matter(
            area=area, words="村口的路灯坏了三天了", channel="web", external_id=name,
            name="周小兰", phone="13812345678", resident=RESIDENT if name == "near" else "",
            pictures=[a_photo()],
        ).matter  # fmt: skip
