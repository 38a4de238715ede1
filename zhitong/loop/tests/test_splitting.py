"""One message, several matters: each with its words, owner and clock, and one page for all."""

import re

import pytest
from django.test import Client

from tests.permits.world import a_photo, signed_in
from zhitong.kernel.bus.relay import relay
from zhitong.kernel.crypto.codes import tracking_code
from zhitong.kernel.crypto.sealed import unsealed
from zhitong.kernel.errors import Denied, Invalid, Stale
from zhitong.kernel.identity import sign_ins
from zhitong.kernel.identity.models import Account
from zhitong.kernel.scope import Reach, Scope, acting
from zhitong.kernel.sms.models import SmsMessage
from zhitong.loop import actions, queries
from zhitong.loop.actions import Part
from zhitong.loop.domain import Stage
from zhitong.loop.domain.splitting import origin_of, part_id
from zhitong.loop.models import Matter, Photo
from zhitong.loop.tests.county import OTHER_TOWN, TOWN, VILLAGE, County, lacking, said

WORDS = "路灯坏了三天。另外想问新生儿落户要带什么。还有人半夜放音响。"
BIRTH = Part("想问新生儿落户要带什么", "household-birth", TOWN)
NOISE = Part("半夜放音响", "noise-night", VILLAGE)


@pytest.fixture
def message(county: County) -> Matter:
    """A message about three things."""
    return said(WORDS, "three", name="周小兰", phone="16900000001")


def parted(county: County, matter: Matter, *parts: Part, nonce: str = "n1") -> list[Matter]:
    """Split by the station's clerk, from the page as it stands."""
    with acting(county.clerk):
        version = queries.matter(matter.pk).version
        codes = actions.split(
            id=matter.pk, stays="路灯坏了三天", parts=parts, nonce=nonce, version=version
        )
        return [queries.by_code(code) for code in codes]


def test_each_part_has_its_words_owner_and_clock(county: County, message: Matter) -> None:
    """The clock runs since the message came in; what was said stays as it was."""
    birth, noise = parted(county, message, BIRTH, NOISE)
    assert [birth.words, noise.words] == [BIRTH.words, NOISE.words]
    assert [birth.category, noise.category] == ["household-birth", "noise-night"]
    assert [birth.owner, noise.owner] == [county.station, county.office]
    assert {one.opened_at for one in (birth, noise)} == {message.opened_at}
    assert {one.stage for one in (birth, noise)} == {Stage.RECEIVED}
    with acting(county.clerk):
        kept = queries.matter(message.pk)
        assert (kept.words, kept.owner_id, kept.stage, kept.due_at) == (
            WORDS,
            message.owner_id,
            message.stage,
            message.due_at,
        )
        for one in (birth, noise):
            due = queries.next_due(one.opened_at, queries.life(one), at=one.opened_at)
            assert one.due_at == due
            assert one.resident_name is not None
            assert unsealed(one.resident_name) == "周小兰"
            assert (one.phone_index, one.resident_key) == (kept.phone_index, kept.resident_key)
            lines = queries.timeline(one, public_only=True)
            assert [(step.verb, step.data.get("of")) for step in lines] == [
                ("open", None),
                ("split", message.code),
            ]


def test_sent_again_it_stays_what_it_was(county: County, message: Matter) -> None:
    """The same nonce makes nothing more; another one goes on counting."""
    first = parted(county, message, BIRTH, NOISE)
    assert [one.pk for one in parted(county, message, BIRTH, NOISE)] == [one.pk for one in first]
    (more,) = parted(county, message, NOISE, nonce="n2")
    assert more.external_id == part_id(message.pk, 4)
    with acting(county.clerk):
        assert Matter.objects.count() == 4


def test_two_to_nine_and_nothing_half(county: County, message: Matter) -> None:
    """Too many, none, words of nothing, a place out of reach: refused, and nothing is made."""
    bad = [
        (),
        (NOISE,) * 9,
        (BIRTH, Part(" ", "noise-night", VILLAGE)),
        (BIRTH, Part("x", "nonsense", VILLAGE)),
        (BIRTH, Part("x", "noise-night", OTHER_TOWN)),
    ]
    for parts in bad:
        with pytest.raises(Invalid):
            parted(county, message, *parts)
    with acting(county.clerk):
        assert Matter.objects.count() == 1
        with pytest.raises(Stale):
            actions.split(id=message.pk, stays="x", parts=[NOISE], nonce="n", version=9)
    with acting(lacking(county.clerk, "loop.split")), pytest.raises(Denied):
        actions.split(id=message.pk, stays="x", parts=[NOISE], nonce="n", version=1)


def test_the_resident_is_told_once(county: County, message: Matter) -> None:
    """One text message, and the parts answer by the same number."""
    (noise,) = parted(county, message, NOISE)
    while relay():
        pass
    sent = [unsealed(row.text) for row in SmsMessage.objects.all()]
    assert len(sent) == 1
    assert tracking_code(channel="web", external_id="three") in sent[0]
    with acting(county.officer):
        actions.take(id=noise.pk)
        actions.answer(id=noise.pk, text="已劝阻")
    while relay():
        pass
    assert SmsMessage.objects.count() == 2


def test_a_part_is_merged_back(county: County, message: Matter) -> None:
    """What was split by mistake is dealt with together again."""
    (noise,) = parted(county, message, NOISE)
    with acting(county.clerk):
        main = queries.matter(message.pk)
        actions.merge(
            id=noise.pk,
            into=main.pk,
            reason="拆错了",
            version=noise.version,
            main_version=main.version,
        )
        assert queries.matter(noise.pk).stage == Stage.MERGED


def test_where_a_part_came_from_can_be_read(message: Matter) -> None:
    """From its external id alone; nothing else looks like one."""
    assert origin_of(part_id(message.pk, 2)) == message.pk
    for other in ("three", "split:", "split:xyz:1", f"split:{'g' * 32}:2"):
        assert origin_of(other) is None


def test_pictures_go_along(county: County) -> None:
    """A copy for the part; the message keeps its own."""
    from_door = said("两件事", "pictures", pictures=[a_photo()])
    with acting(county.clerk):
        photo = Photo.objects.get(matter=from_door)
    part = Part("半夜放音响", "noise-night", VILLAGE, (photo.pk,))
    (made,) = parted(county, from_door, part)
    with acting(county.clerk):
        assert Photo.objects.filter(matter=made).count() == 1
        assert Photo.objects.filter(matter=from_door).count() == 1


@pytest.fixture
def desk(county: County) -> Client:
    """The clerk at their desk."""
    browser = Client()
    account = Account.objects.get(username="lixiulan")
    browser.cookies[sign_ins.COOKIE] = signed_in(account=account)
    return browser


def test_on_the_page(desk: Client, message: Matter) -> None:
    """A row more without a script, then splitting; the resident's page leads to the parts."""
    address = f"/m/{message.code}/split"
    first = desk.get(address).text
    nonce = re.findall(r'name="nonce" value="([^"]+)"', first)[0]
    row = {"words-2": "半夜放音响", "category-2": "noise-night", "area-2": VILLAGE}
    sent = {"stays": "路灯坏了", "nonce": nonce, "version": "1", "rows": "1", **row}
    more = desk.post(address, sent | {"do": "more"}).text
    assert 'name="words-3"' in more
    assert "半夜放音响" in more
    assert desk.post(address, sent | {"words-2": " "}).status_code == 400
    assert desk.post(address, sent | {"version": "7"}).status_code == 409
    page = desk.post(address, sent, follow=True).text
    assert "已拆分" in page
    again = desk.post(address, sent, follow=True)
    assert again.status_code == 200
    with acting(county_scope(message)):
        (part,) = Matter.objects.exclude(pk=message.pk)
    codes = [tracking_code(channel="web", external_id=id) for id in ("three", part.external_id)]
    there, here = (Client().get(f"/t/{code}").text for code in codes)
    assert f"/t/{codes[1]}" in there
    assert f"/t/{codes[0]}" in here


def county_scope(matter: Matter) -> Scope:
    """Whoever sees the place of a matter."""
    return Scope("system:test", Reach((matter.area_path[:9],)), frozenset(), "test")
