"""Every address, for every role, near, beyond reach and nowhere: what the rule says, no more."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.permits.addresses import Address, every_address, every_operation, pages
from tests.permits.examples import API, EXAMPLES, OPERATIONS, Example
from tests.permits.world import Person, World
from zhitong.kernel.identity.roles import ROLES
from zhitong.kernel.pages import PageRule, kind_of

PEOPLE = ["public", "resident", "client", *(seed.name for seed in ROLES)]
KEY = "k" * 32
SIGN_IN = {True: "/resident/sign-in", False: "/sign-in"}
Mistakes = list[str]


@dataclass(frozen=True)
class Visit:
    """One request: who asks for what, and how far away it lies."""

    address: Address
    example: Example
    rule: PageRule
    who: Person
    method: str
    where: str
    path: str

    def __str__(self) -> str:
        return f"{self.who.role}: {self.method} {self.address} ({self.where})"

    @property
    def admitted(self) -> bool:
        """Whether the declared rule lets this person in."""
        return self.rule.admits(self.who.scope)

    def sent(
        self, browser: Client, *, key: bool = True, headers: dict[str, str] | None = None
    ) -> HttpResponse:
        """The answer; what the request did is undone."""
        with transaction.atomic():
            answer: HttpResponse = self._send(browser, key=key, headers=headers or {})
            answer.getvalue()  # a file is closed once it was read
            transaction.set_rollback(True)
        return answer

    def _send(self, browser: Client, *, key: bool, headers: dict[str, str]) -> Any:
        if self.method == "GET":
            return browser.get(self.path, headers=headers)
        data = dict(self.example.data)
        if key:
            browser.cookies["csrftoken"] = data["csrfmiddlewaretoken"] = KEY
        return browser.post(self.path, data, headers=headers)


def visits(world: World, who: Person) -> Iterator[Visit]:
    """Everything that one person can try."""
    for address in pages():
        rule, example = address.rule, EXAMPLES.get(address.name)
        if rule is None or example is None:
            continue  # test_every_address_is_declared says so
        places = {"near": example.kind.near(world, who)}
        if example.kind.nowhere:
            places["nowhere"] = example.kind.nowhere
        if example.kind.beyond:
            places["beyond"] = example.kind.beyond(world, who)
        for method in ("GET", "POST"):
            known = method in example.methods.split()
            for where, objects in places.items() if known else [("near", places["near"])]:
                path = address.at(**objects)
                yield Visit(address, example, rule, who, method, where, path)


def expected(visit: Visit) -> set[int]:
    """The statuses that the declared rule allows as an answer."""
    known = visit.method in visit.example.methods.split()
    if not visit.admitted:
        anonymous = kind_of(visit.who.scope) == "" and visit.method == "GET"
        refused = {302} if anonymous else {403}
        return refused if known else refused | {405}
    if not known:
        return {405}
    if visit.example.answer and kind_of(visit.who.scope) not in visit.example.but_for:
        return {visit.example.answer}
    if visit.where != "near":
        return {404}
    return {200, 302, 400, 409}


@pytest.mark.parametrize("address", every_address(), ids=str)
def test_every_address_is_declared(address: Address) -> None:
    """A page declares who may open it, and this folder knows what to fill in."""
    if address.is_api:
        assert address.name.partition(":")[2] in API, "add the operation to API in examples.py"
        return
    assert address.rule, f"{address.view.__qualname__} needs @page(...): who may open it?"
    assert address.name in EXAMPLES, (
        f"add {address.name!r} to EXAMPLES in tests/permits/examples.py: its methods, the things "
        "that it names (one within reach, one beyond, one that does not exist), and a good form"
    )


def test_nothing_is_declared_that_is_not_there() -> None:
    """Examples of pages that are gone would hide that something is no longer tried."""
    assert set(EXAMPLES) == {one.name for one in pages()}
    assert every_operation() == OPERATIONS


@pytest.mark.parametrize("role", PEOPLE)
def test_everybody_gets_what_the_rules_say(world: World, role: str) -> None:
    """Near: opened or refused; beyond reach: the very page of what does not exist."""
    who, mistakes = world.people[role], Mistakes()
    bodies: dict[tuple[str, str], str] = {}
    for visit in visits(world, who):
        answer = visit.sent(who.browser())
        if answer.status_code not in expected(visit):
            mistakes.append(f"{visit}: {answer.status_code}, not {sorted(expected(visit))}")
        if answer.status_code == 302 and not visit.admitted:
            door = SIGN_IN[visit.rule.resident]
            if not answer["Location"].startswith(f"{door}?next=%2F"):
                mistakes.append(f"{visit}: sent to {answer['Location']}")
        if answer.status_code == 404 and visit.where != "near":
            other = bodies.setdefault((visit.address.name, visit.method), plain(visit, answer))
            if other != plain(visit, answer):
                mistakes.append(f"{visit}: not the page of what does not exist")
    assert not mistakes, "\n".join(mistakes)


@pytest.mark.parametrize("role", ["public", "administrator", "community_officer"])
def test_no_form_without_its_key(world: World, role: str) -> None:
    """Whoever it is and whatever the address: a POST without the key of the form is a 403."""
    who = world.people[role]
    posts = [one for one in visits(world, who) if one.method == "POST" and one.where == "near"]
    answers = {str(one): one.sent(who.browser(), key=False).status_code for one in posts}
    assert {name: status for name, status in answers.items() if status != 403} == {}


def test_a_fragment_is_refused_and_not_sent_to_the_door(world: World) -> None:
    """htmx would put the sign-in page into the middle of another one."""
    who = world.people["public"]
    closed = [one for one in visits(world, who) if one.method == "GET" and not one.admitted]
    for visit in closed:
        answer = visit.sent(who.browser(), headers={"HX-Request": "true"})
        assert answer.status_code in {403, 405}, str(visit)


def test_other_methods_open_nothing(world: World) -> None:
    """PUT, PATCH and DELETE are nobody's business on any page."""
    for visit in visits(world, world.people["administrator"]):
        if visit.method == "GET" and visit.where == "near":
            for method in ("put", "patch", "delete"):
                answer = getattr(visit.who.browser(), method)(visit.path)
                assert answer.status_code in {403, 405}, f"{method} {visit}"


def plain(visit: Visit, answer: HttpResponse) -> str:
    """A page without what differs from one request to the next: form keys and its own address."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return text.replace(visit.path, "")
