"""Accounts, posts, appointments and roles: power is dated, and nobody hands it to themselves."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from zhitong.kernel.audit.models import AuditEntry
from zhitong.kernel.bus.models import Event
from zhitong.kernel.clock import clock_at, now
from zhitong.kernel.errors import Denied, Invalid, NotFound
from zhitong.kernel.identity import queries
from zhitong.kernel.identity.actions import people, posts
from zhitong.kernel.identity.models import Account, Appointment, Post, Role
from zhitong.kernel.identity.roles import STAFF
from zhitong.kernel.identity.scopes import staff_scope, topmost
from zhitong.kernel.identity.tests.conftest import LONG_AGO, PASSWORD, serving, system
from zhitong.kernel.scope import acting

TODAY = timezone.localdate


def test_a_scope_is_what_the_appointments_of_today_add_up_to(bureau):
    scope = staff_scope(bureau.officer)
    assert scope.actor == f"staff:{bureau.officer.pk}"
    assert scope.reach.subtrees == ("37/14/03/001/201/",)
    assert scope.label == "北街警务室 · 王建国"
    assert "loop.answer" in scope.permits
    with acting(system()):
        posts.appoint(
            account=bureau.officer.pk,
            post=bureau.station.pk,
            role="supervisor",
            starts_on=TODAY(),
            ends_on=TODAY(),
            deputy=True,
        )
    wider = staff_scope(bureau.officer)
    assert wider.reach.subtrees == ("37/14/03/001/",)
    assert "identity.break_glass" in wider.permits
    assert wider.label == scope.label
    with clock_at(now() + timedelta(days=1)):
        assert staff_scope(bureau.officer) == scope


def test_days_are_days_of_the_county(bureau):
    with acting(system()):
        day = TODAY()
        posts.appoint(
            account=bureau.officer.pk,
            post=bureau.station.pk,
            role="supervisor",
            starts_on=day + timedelta(days=1),
            ends_on=day + timedelta(days=1),
        )
    midnight = timezone.localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)
    for moment, held in (
        (midnight + timedelta(days=1, seconds=-1), False),
        (midnight + timedelta(days=1), True),
        (midnight + timedelta(days=2, seconds=-1), True),
        (midnight + timedelta(days=2), False),
    ):
        with clock_at(moment):
            assert ("identity.people" in staff_scope(bureau.officer).permits) == held


def test_without_an_appointment_there_is_no_power(bureau):
    with acting(system()):
        for one in Appointment.objects.filter(account=bureau.officer):
            posts.end_appointment(appointment=one.pk)
    scope = staff_scope(bureau.officer)
    assert scope.reach.subtrees == ()
    assert scope.permits == STAFF


def test_an_ended_appointment_ends_at_the_next_click(signed_in, bureau):
    clerk = serving("zhou", "周敏", bureau.bureau, "administrator")
    client = signed_in(clerk)
    assert client.get("/people").status_code == 200
    row = Appointment.objects.get(account=clerk)
    administrator = signed_in(bureau.administrator, Client())
    assert administrator.post(f"/people/appointments/{row.pk}/end").status_code == 302
    assert client.get("/people").status_code == 403


def test_paths_inside_one_another_are_one():
    assert topmost(["37/14/03/001/", "37/14/03/", "37/14/030/"]) == ("37/14/03/", "37/14/030/")
    assert topmost([]) == ()


def test_an_administrator_appoints_through_the_pages(signed_in, bureau):
    client = signed_in(bureau.administrator)
    made = client.post("/people/new", {"username": "Li.Xiulan", "name": "李秀兰"})
    account = Account.objects.get(username="li.xiulan")
    first = made.content.decode().split('<code class="words">')[1].split("<")[0]
    form = {"post": bureau.station.pk, "role": "window_clerk", "starts_on": TODAY().isoformat()}
    assert client.post(f"/people/{account.pk}/appoint", form).status_code == 302
    assert staff_scope(account).reach.subtrees == ("37/14/03/001/",)
    assert "安德街道派出所" in client.get("/people").content.decode()
    assert (
        Client().post("/sign-in", {"username": "li.xiulan", "password": first}).status_code == 302
    )
    entry = AuditEntry.objects.filter(action="identity.appoint").latest("at_us")
    assert entry.target == f"identity.Account:{account.pk}"
    assert json.loads(entry.details)["role"] == "window_clerk"
    assert Event.objects.filter(name__endswith="Appointed", aggregate=str(account.pk)).exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("username", "ab"),
        ("username", "a b c"),
        ("username", "=1+1"),
        ("username", "x" * 60),
        ("username", "wang.jianguo"),
        ("username", "ＷＡＮＧ.jianguo"),
        ("name", ""),
        ("name", "a\x07b"),
        ("name", "长" * 61),
    ],
)
def test_a_bad_account_is_refused_and_nothing_is_written(signed_in, bureau, field, value):
    form = {"username": "good.name", "name": "好名字", field: value}
    before = Account.objects.count()
    assert signed_in(bureau.administrator).post("/people/new", form).status_code == 400
    assert Account.objects.count() == before


def test_nobody_appoints_resets_or_closes_themselves(signed_in, bureau):
    client, me = signed_in(bureau.administrator), bureau.administrator.pk
    form = {"post": bureau.bureau.pk, "role": "supervisor", "starts_on": TODAY().isoformat()}
    assert client.post(f"/people/{me}/appoint", form).status_code == 403
    assert client.post(f"/people/{me}/password").status_code == 403
    assert client.post(f"/people/{me}/second-factor", {"reason": "lost"}).status_code == 403
    assert client.post(f"/people/{me}/active", {"active": "0"}).status_code == 403
    assert Appointment.objects.filter(account=me).count() == 1


def test_nobody_appoints_beyond_their_own_reach(bureau):
    local = serving("local", "镇管理员", bureau.station, "administrator")
    with acting(staff_scope(local)):
        with pytest.raises(NotFound):
            posts.appoint(
                account=bureau.officer.pk,
                post=bureau.bureau.pk,
                role="supervisor",
                starts_on=LONG_AGO,
            )
        with pytest.raises(NotFound):
            posts.create_post(name="分局岗", kind="desk", area="371403")
        posts.create_post(name="北街窗口", kind="window", area="371403001201")


def test_reset_throws_out_and_forgets(signed_in, bureau):
    officer = signed_in(bureau.officer, Client())
    administrator = signed_in(bureau.administrator)
    reset = administrator.post(f"/people/{bureau.officer.pk}/password")
    assert reset["Cache-Control"] == "no-store"
    assert officer.get("/me").status_code == 302
    old = Client().post("/sign-in", {"username": "wang.jianguo", "password": PASSWORD})
    assert old.status_code == 400
    answer = administrator.post(f"/people/{bureau.officer.pk}/second-factor", {"reason": ""})
    assert answer.status_code == 400


def test_breaking_the_glass_is_short_announced_and_written_down(signed_in, bureau):
    head = serving("zhao", "赵督办", bureau.bureau, "supervisor")
    client = signed_in(head)
    form = {"post": bureau.office.pk, "role": "editor", "hours": 2, "reason": "值班编辑突发疾病"}
    assert client.post("/people/break-glass", form).status_code == 302
    fact = Event.objects.get(name__endswith="GlassBroken")
    assert fact.body["reason"] == form["reason"]
    assert fact.path == bureau.office.path
    entry = AuditEntry.objects.get(action="identity.break_glass")
    assert json.loads(entry.details)["hours"] == 2
    row = Appointment.objects.get(account=head, deputy=True)
    assert row.expires_at is not None
    assert row.expires_at - now() <= timedelta(hours=2)
    assert not queries.over(queries.all_appointments(head.pk)[0])
    with clock_at(now() + timedelta(hours=2, seconds=1)):
        assert queries.over(queries.all_appointments(head.pk)[0])
    assert client.post("/people/break-glass", {**form, "hours": 25}).status_code == 400
    assert client.post("/people/break-glass", {**form, "role": "administrator"}).status_code == 400
    assert client.post("/people/break-glass", {**form, "reason": " "}).status_code == 400


def test_a_role_change_is_written_down_and_works_at_once(signed_in, bureau):
    officer = signed_in(bureau.officer, Client())
    assert officer.get("/people").status_code == 403
    administrator = signed_in(bureau.administrator)
    permits = [*Role.objects.get(name="community_officer").permits, "identity.people"]
    known = [one for one in permits if one.startswith("identity.")]
    assert administrator.post("/roles/community_officer", {"permits": known}).status_code == 302
    assert officer.get("/people").status_code == 200
    details = json.loads(AuditEntry.objects.get(action="identity.set_role").details)
    assert details["added"] == ["identity.people"]
    bad = administrator.post("/roles/community_officer", {"permits": ["loop.everything"]})
    assert bad.status_code == 400
    own = administrator.post("/roles/administrator", {"permits": known})
    assert own.status_code == 403


def test_delivered_roles_are_made_once_and_left_as_the_county_cut_them(bureau):
    with acting(system()):
        posts.set_role(role="auditor", permits=[])
        assert posts.ensure_roles() == 0
        assert Role.objects.get(name="auditor").permits == []
        with pytest.raises(Invalid):
            posts.set_role(role="no such name", permits=[])


def test_the_nearest_post_owns_a_place(bureau):
    assert queries.responsible_post("37/14/03/001/201/") == bureau.office
    assert queries.responsible_post("37/14/03/001/202/") == bureau.station
    assert queries.responsible_post("37/14/03/002/") == bureau.bureau
    with pytest.raises(Invalid):
        queries.responsible_post("11/01/01/")


def test_people_are_listed_page_by_page(signed_in, bureau):
    for number in range(60):
        Account.objects.create(username=f"p{number:03d}", name="同名", password="!", made_at=now())
    client, seen, address = signed_in(bureau.administrator), set(), "/people"
    while address:
        page = client.get(address).content.decode()
        seen |= {line.split('"')[0] for line in page.split('href="/people/')[1:]}
        older = page.split('rel="next"')[0].rsplit('href="', 1) if 'rel="next"' in page else None
        address = "/people" + older[1].split('"')[0].replace("&amp;", "&") if older else ""
    assert len([one for one in seen if len(one) == 36]) == 63


def test_pages_take_a_fixed_number_of_queries(signed_in, bureau, django_assert_num_queries):
    client = signed_in(bureau.administrator)
    with django_assert_num_queries(4):
        client.get("/people")
    with django_assert_num_queries(5):
        client.get("/me")


def test_no_permit_means_denied_not_hidden(bureau):
    with acting(staff_scope(bureau.officer)), pytest.raises(Denied):
        people.create_account(username="abc", name="x")
    assert Post.objects.count() == 3
