"""What staff see beside a matter, and what anybody hears before sending."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.permits.world import signed_in
from zhitong.kernel.identity import sign_ins
from zhitong.kernel.identity.models import Account
from zhitong.kernel.identity.scopes import resident_scope
from zhitong.kernel.scope import acting
from zhitong.loop.models import Summary
from zhitong.loop.queries.similar import Known, known
from zhitong.loop.tests.county import OTHER_TOWN, TOWN, VILLAGE, said
from zhitong.loop.tests.test_similar_matters import AGAIN, HERE, SAID


def reported(many, area=VILLAGE):
    for number in range(many):
        said(f"{SAID}（{number}）", f"{area}-{number}", area)


def before(client, **more):
    return client.post("/say/known", {"words": AGAIN, "town": TOWN, "village": VILLAGE} | more)


def test_four_are_nobodys_business_and_five_are_a_number(county):
    reported(4)
    nobody = resident_scope("")
    with acting(nobody):
        assert known(AGAIN, HERE).reports == 0
    reported(1, OTHER_TOWN)
    with acting(nobody):
        assert known(AGAIN, HERE).reports == 0
    said(SAID, "fifth", TOWN)
    with acting(nobody):
        assert known(AGAIN, HERE).reports == 5
        assert known("想问一下新生儿落户要带什么材料", HERE).reports == 0
        assert known(AGAIN, "").reports == 0


def test_one_person_is_one_report(county):
    for number in range(6):
        said(f"{SAID}（{number}）", f"n{number}", phone="13800138000")
    with acting(resident_scope("")):
        assert known(AGAIN, HERE).reports == 0


def test_nothing_of_what_others_said_is_told(county):
    reported(5)
    page = before(Client()).content.decode()
    fragment = Client(headers={"HX-Request": "true"})
    answer = before(fragment)
    assert answer.status_code == 200
    told = answer.content.decode()
    assert "5" in told
    for word in ("小卖部", "三天", VILLAGE, "/m/", "/t/"):
        assert word not in told
    assert AGAIN in page  # the form comes back with what was typed
    assert "三天" not in page


def test_ones_own_earlier_matter_is_shown(county):
    mine = said(SAID, "n1", resident="r1")
    said(SAID, "n2", resident="r2")
    with acting(resident_scope("r1")):
        assert [matter.pk for matter in known(AGAIN, HERE).own] == [mine.pk]
    with acting(resident_scope("")):
        assert known(AGAIN, HERE).own == ()


def test_only_what_a_second_person_released_is_told(county):
    matter = said(SAID, "n1")
    with acting(county.clerk):
        summary = Summary(
            matter=matter, text="村口小卖部门前的路灯坏了，正在修。", drafted_by="staff:a"
        )
        summary.drafted_at = matter.opened_at
        summary.save()
    with acting(resident_scope("")):
        assert known(AGAIN, HERE) == Known()
    with acting(county.clerk):
        summary.state, summary.reviewed_by = "reviewed", "staff:b"
        summary.reviewed_at = matter.opened_at
        summary.save()
    with acting(resident_scope("")):
        assert [text.words for text in known(AGAIN, HERE).public] == [summary.text]
        assert known("幼儿园门口停车太乱", HERE).public == ()
    assert summary.text in before(Client()).content.decode()


def test_staff_see_what_may_be_the_same(county):
    matter, other = said(AGAIN, "n1"), said(SAID, "n2")
    said(SAID, "n3", OTHER_TOWN)
    staff = Client()
    staff.cookies[sign_ins.COOKIE] = signed_in(account=Account.objects.get(username="lixiulan"))
    address = reverse("loop:similar", args=[matter.code])
    page = staff.get(address).content.decode()
    assert reverse("loop:matter", args=[other.code]) in page
    assert page.count('class="card"') == 1
    fragment = staff.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert other.code in fragment
    assert address in staff.get(reverse("loop:matter", args=[matter.code])).content.decode()


@pytest.mark.parametrize("words", ["", "   ", "，。", "\x00", "路" * 30_000])
@pytest.mark.parametrize("place", ["", "x", "371403001201", "999999999999", "37"])
def test_whatever_is_sent_is_answered(county, words, place):
    answer = Client().post("/say/known", {"words": words, "village": place})
    assert answer.status_code == 200
