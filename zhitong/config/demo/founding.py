"""Setting up the demo's service through actions: roles, accounts, posts, appointments, doors."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from zhitong.config.demo.hours import ZONE
from zhitong.config.demo.people import SIGN_IN_RESIDENT
from zhitong.config.demo.sign_ins import SIGN_INS
from zhitong.config.demo.stations import PlannedStaff, Service
from zhitong.kernel.areas.codes import path_of
from zhitong.kernel.crypto.index import blind_index
from zhitong.kernel.identity.actions.clients import issue_api_key
from zhitong.kernel.identity.actions.people import create_account
from zhitong.kernel.identity.actions.posts import appoint, create_post, ensure_roles
from zhitong.kernel.identity.actions.residents import ask_code, open_resident_sign_in
from zhitong.kernel.identity.models import Account, ApiClient, Resident
from zhitong.kernel.identity.resident_door import PHONE_PURPOSE
from zhitong.kernel.identity.scopes import client_scope, resident_scope, staff_scope
from zhitong.kernel.scope import Reach, Scope, acting, current

HOTLINE = "12345政务服务便民热线"
PASSWORDS = {one.username: one.password for one in SIGN_INS if one.password}


@dataclass(slots=True)
class Serving:
    """Those who act in the demo's history, by the names the plan knows them by."""

    accounts: dict[str, UUID] = field(default_factory=dict)
    posts: dict[str, UUID] = field(default_factory=dict)
    seats: dict[str, str] = field(default_factory=dict)
    scopes: dict[str, Scope] = field(default_factory=dict)
    resident: str = ""
    hotline: Scope | None = None

    def scope_of(self, username: str) -> Scope:
        """The scope that somebody who serves acts in; asked of the database once."""
        if username not in self.scopes:
            account = Account.objects.get(pk=self.accounts[username])
            self.scopes[username] = staff_scope(account)
        return self.scopes[username]

    def seat_of(self, username: str) -> UUID:
        """The post that somebody acts under."""
        return self.posts[self.seats[username]]


def found(service: Service, *, county: str, today: datetime) -> Serving:
    """Set everybody up. Needs the demo's own scope and the areas."""
    serving = Serving()
    ensure_roles()
    for post in service.posts:
        above = serving.posts[post.parent] if post.parent else None
        serving.posts[post.key] = create_post(
            name=post.name, kind=post.kind, area=post.area, parent=above
        )
    day = today.astimezone(ZONE).date()
    for person in service.staff:
        _appointed(person, serving, day)
    serving.resident = _resident()
    serving.hotline = _hotline(path_of(county))
    return serving


def _appointed(person: PlannedStaff, serving: Serving, day: date) -> None:
    """Only those whom visitors may sign in as get a password."""
    account, _first = create_account(
        username=person.username,
        name=person.name,
        password=PASSWORDS.get(person.username),
        must_change_password=False,
    )
    serving.accounts[person.username] = account
    serving.seats[person.username] = person.terms[0].post
    for term in person.terms:
        appoint(
            account=account,
            post=serving.posts[term.post],
            role=term.role,
            starts_on=day - timedelta(days=term.from_days),
            ends_on=day - timedelta(days=term.to_days) if term.to_days else None,
            deputy=term.deputy,
        )


def _resident() -> str:
    """The resident whom visitors may sign in as; returns the key."""
    phone = SIGN_IN_RESIDENT.phone
    index = blind_index(phone, purpose=PHONE_PURPOSE)
    code = ask_code(phone=phone, phone_index=index)
    own = Scope("public", Reach(link=index), current().permits, "sign-in")
    with acting(own):
        open_resident_sign_in(code=code)
        return str(Resident.objects.get(phone_index=index).key)


def _hotline(path: str) -> Scope:
    """The neighbouring hotline's program, which hands matters over through the interface."""
    client, _key = issue_api_key(name=HOTLINE, channel="api", permits=["loop.open"], path=path)
    return client_scope(ApiClient.objects.get(pk=client))


def scope_of_resident(key: str) -> Scope:
    """The scope of the signed-in resident."""
    return resident_scope(key, SIGN_IN_RESIDENT.name)
