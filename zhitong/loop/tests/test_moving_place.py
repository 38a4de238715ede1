"""A matter at the wrong place is put where it belongs, by whoever reaches both places."""

from dataclasses import replace
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from tests.permits.world import signed_in
from zhitong.kernel.areas.models import Area
from zhitong.kernel.audit.models import AuditEntry
from zhitong.kernel.bus.models import Event
from zhitong.kernel.bus.relay import relay
from zhitong.kernel.errors import Denied, Invalid, Stale
from zhitong.kernel.identity import sign_ins
from zhitong.kernel.identity.models import Account, Role
from zhitong.kernel.scope import Scope, acting
from zhitong.kernel.sms.models import SmsMessage
from zhitong.loop import actions, queries
from zhitong.loop.actions.moving import NotNow
from zhitong.loop.models import Matter
from zhitong.loop.tests.county import (
    OTHER_TOWN,
    TOWN,
    VILLAGE,
    County,
    by_link,
    lacking,
    path_of,
    said,
)

NEXT_VILLAGE = "371403001202"


@pytest.fixture(autouse=True)
def next_village(county: County) -> None:
    """A second village of the same township, without an office of its own."""
    path = path_of(NEXT_VILLAGE)
    Area.objects.create(
        number=int(NEXT_VILLAGE), code=NEXT_VILLAGE, name="南街社区", level="village", path=path
    )


@pytest.fixture
def station(county: County) -> Scope:
    """The clerk of the station, who reaches the whole township."""
    return county.clerk


@pytest.fixture
def bureau(county: County) -> Scope:
    """The same clerk, reaching the whole county as the bureau does."""
    reach = replace(county.clerk.reach, subtrees=(path_of("371403"),))
    return replace(county.clerk, reach=reach)


def desk(username: str) -> Client:
    """Somebody signed in at a desk."""
    browser = Client()
    account = Account.objects.get(username=username)
    browser.cookies[sign_ins.COOKIE] = signed_in(account=account)
    return browser


def test_the_owner_keeps_what_it_serves_there_too(station: Scope, county: County) -> None:
    """The station owns all its villages: only the place changes, and the promise stays."""
    matter = said("南街的井盖丢了", "n1", TOWN)
    with acting(station):
        actions.take(id=matter.pk)
        taken = queries.matter(matter.pk)
        assert actions.move_area(id=matter.pk, area=NEXT_VILLAGE, version=taken.version) == ""
        moved = queries.matter(matter.pk)
    assert (moved.area_path, moved.area.code) == (path_of(NEXT_VILLAGE), NEXT_VILLAGE)
    assert (moved.owner, moved.handler, moved.stage) == (county.station, taken.handler, "owned")
    assert (moved.due_at, moved.version) == (taken.due_at, taken.version + 1)


def test_otherwise_it_goes_to_who_is_responsible_there(
    station: Scope, matter: Matter, county: County
) -> None:
    """The office of one village does not keep what is about another one."""
    with acting(county.officer):
        actions.take(id=matter.pk)
    with acting(station):
        assert actions.move_area(id=matter.pk, area=NEXT_VILLAGE) == county.station.name
        moved = queries.matter(matter.pk)
        steps = queries.timeline(moved, public_only=False)
    assert (moved.owner, moved.handler, moved.stage) == (county.station, None, "received")
    assert [(step.verb, step.public) for step in steps[2:]] == [
        ("move_area", True), ("reassign", False),
    ]  # fmt: skip
    with acting(by_link("nonce-1")):
        seen = queries.timeline(queries.by_link(), public_only=True)
    assert [step.verb for step in seen] == ["open", "take", "move_area"]
    with acting(county.officer):
        assert not Matter.objects.exists(), "its reach ends at its village"


def test_what_is_out_of_reach_is_refused_with_the_way_out(
    station: Scope, matter: Matter, bureau: Scope
) -> None:
    """Nothing is moved out of one's own sight; whoever reaches both places does it."""
    with acting(station):
        for area in (OTHER_TOWN, VILLAGE, "371403001999", "x", ""):
            with pytest.raises(Invalid) as refusal:
                actions.move_area(id=matter.pk, area=area)
            assert refusal.value.fields["area"], area
        assert queries.matter(matter.pk).area_path == path_of(VILLAGE)
    with acting(bureau):
        assert actions.move_area(id=matter.pk, area=OTHER_TOWN) == "临齐街道派出所"
    assert not Event.objects.filter(name="loop.MatterMoved").exclude(path=path_of(OTHER_TOWN))


def test_only_an_open_matter_by_who_may_and_as_it_stands(station: Scope, matter: Matter) -> None:
    """The lifecycle, the permit and the version are asked like for every step."""
    with acting(lacking(station, "loop.move_area")), pytest.raises(Denied):
        actions.move_area(id=matter.pk, area=TOWN)
    with acting(station):
        with pytest.raises(Stale):
            actions.move_area(id=matter.pk, area=TOWN, version=99)
        actions.refuse(id=matter.pk, reason="不归我们管")
        with pytest.raises(NotNow):
            actions.move_area(id=matter.pk, area=TOWN)
        assert queries.matter(matter.pk).area_path == path_of(VILLAGE)


def test_news_from_before_the_move_still_arrives(station: Scope, county: County) -> None:
    """A fact that was not delivered yet is heard where the matter lies now."""
    matter = said("灯坏了", "n1", phone="16900000001")
    with acting(station):
        actions.take(id=matter.pk)
        actions.answer(id=matter.pk, text="已修好", outcome="")
        actions.move_area(id=matter.pk, area=TOWN)
    relay()
    assert SmsMessage.objects.count() == 1


def test_the_audit_log_says_from_where_to_where(station: Scope, matter: Matter) -> None:
    """Codes, not words."""
    with acting(station):
        actions.move_area(id=matter.pk, area=TOWN)
    entry = AuditEntry.objects.get(action="loop.move_area")
    assert (entry.target, entry.path) == (matter.target, path_of(TOWN))
    assert TOWN in entry.details
    assert VILLAGE in entry.details


def test_the_page_works_without_a_script(county: County, matter: Matter) -> None:
    """Choose the township, see its villages, send; the page says who has it now."""
    clerk = desk("lixiulan")
    there = f"/m/{matter.code}/place"
    assert there in clerk.get(f"/m/{matter.code}").text
    first = clerk.get(there)
    assert f'value="{VILLAGE}" selected' in first.text
    assert matter.words not in first.text
    sent = {"version": first.context["matter"].version, "town": TOWN, "village": ""}
    listed = clerk.post(there, sent | {"step": "villages"})
    assert (listed.status_code, NEXT_VILLAGE in listed.text) == (200, True)
    done = clerk.post(there, sent | {"village": NEXT_VILLAGE}, follow=True)
    assert "现由当地的安德街道派出所承办" in done.text
    assert "更正所在地" in done.text
    assert "属地负责" in done.text


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40, "99"])
def test_the_page_refuses_what_did_not_look(county: County, matter: Matter, version: str) -> None:
    """No version, no number and an old one are all refused, and nothing is moved."""
    answer = desk("lixiulan").post(f"/m/{matter.code}/place", {"town": TOWN, "version": version})
    assert answer.status_code == 409
    with acting(county.clerk):
        assert queries.matter(matter.pk).area_path == path_of(VILLAGE)


def test_a_place_out_of_reach_comes_back_with_the_way_out(county: County, matter: Matter) -> None:
    """The sentence stands at the picker, and what was chosen is still chosen."""
    sent = {"town": OTHER_TOWN, "version": matter.version}
    answer = desk("lixiulan").post(f"/m/{matter.code}/place", sent)
    assert answer.status_code == 400
    assert "请转给上级岗位" in answer.text
    assert f'value="{OTHER_TOWN}" selected' in answer.text


def test_roles_of_before_may_correct_places_too(county: County) -> None:
    """Whoever could pass matters on can move them after the upgrade, and not after going back."""
    step = import_module("zhitong.loop.migrations.0002_correct_the_place")
    passing = Role.objects.create(name="passing", permits=["loop.reassign", "loop.read"])
    reading = Role.objects.create(name="reading", permits=["loop.read"])
    step.grant(apps, connection.schema_editor())
    step.grant(apps, connection.schema_editor())
    passing.refresh_from_db()
    reading.refresh_from_db()
    assert passing.permits == ["loop.move_area", "loop.read", "loop.reassign"]
    assert reading.permits == ["loop.read"]
    step.withdraw(apps, connection.schema_editor())
    passing.refresh_from_db()
    assert passing.permits == ["loop.read", "loop.reassign"]
