"""Handing over to 110 and 12345: by the agreed list, with thread, owner and clock kept."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.permits.world import signed_in
from zhitong.kernel.errors import Denied, Invalid, Stale
from zhitong.kernel.identity import sign_ins
from zhitong.kernel.identity.models import Account
from zhitong.kernel.scope import acting
from zhitong.loop import actions, queries
from zhitong.loop.actions.handing import HandedAlready
from zhitong.loop.agreements import item_label, offered
from zhitong.loop.domain import Verb
from zhitong.loop.domain.handing import Item, Partner, Way, agreed, out_with
from zhitong.loop.models import Matter, Step
from zhitong.loop.tests.county import COUNTY, VILLAGE, County, by_link, lacking, path_of, said

DAY = date(2026, 6, 1)
START = datetime(2026, 6, 1, tzinfo=UTC)
WATER = "12345-out-utilities"
FIGHT = "110-out-violence"
days = st.integers(-5, 5).map(lambda day: DAY + timedelta(days=day))
items = st.builds(
    Item,
    code=st.text("abc", min_size=1),
    partner=st.sampled_from(Partner),
    way=st.sampled_from(Way),
    path=st.sampled_from(["", path_of(COUNTY), path_of(VILLAGE), path_of("371499")]),
    starts_on=days,
    ends_on=st.none() | days,
)


@given(st.lists(items), st.sampled_from(Way), days)
def test_offered_is_what_is_agreed_for_the_place_and_day(
    held: list[Item], way: Way, on: date
) -> None:
    """Nothing of another place, another day or the other way."""
    found = agreed(held, way=way, path=path_of(VILLAGE), on=on)
    for item in held:
        fits = item.way is way and item.starts_on <= on and (item.ends_on or on) >= on
        assert (item in found) == (fits and item.path != path_of("371499"))


@given(st.lists(st.sampled_from([Verb.HAND_OVER, Verb.TAKE_BACK, Verb.NOTE, Verb.TAKE])))
def test_who_has_it_is_what_the_last_of_both_says(verbs: list[Verb]) -> None:
    """Other steps change nothing about it."""
    told = [(verb, START + timedelta(hours=n), {"to": str(n)}) for n, verb in enumerate(verbs)]
    moves = [one for one in told if one[0] in {Verb.HAND_OVER, Verb.TAKE_BACK}]
    now_with = out_with(told)
    if not moves or moves[-1][0] is Verb.TAKE_BACK:
        assert now_with is None
    else:
        assert now_with is not None
        assert (now_with.to, now_with.at) == (moves[-1][2]["to"], moves[-1][1])


def test_the_delivered_list_goes_both_ways_with_both_lines() -> None:
    """Each type is named in both languages, and comes once."""
    both = [offered(way, path_of(VILLAGE)) for way in Way]
    for way in both:
        assert {item.partner for item in way} == set(Partner)
        assert all(str(item_label(item.code)) != item.code for item in way)
    codes = [item.code for way in both for item in way]
    assert len(codes) == len(set(codes))


def _handed(county: County, matter: Matter) -> None:
    with acting(county.officer):
        actions.hand_over(id=matter.pk, item=WATER, reason="停水由供水公司处理，已转热线")


def test_owner_thread_and_clock_stay(county: County, matter: Matter) -> None:
    """Handed over and taken back: the same owner, stage and due time all the way."""
    kept = (matter.owner, matter.stage, matter.due_at)
    _handed(county, matter)
    with acting(county.officer):
        after = queries.matter(matter.pk)
        there = queries.handed(after)
        assert there is not None
        assert there.to == "12345"
        assert (after.owner, after.stage, after.due_at) == kept
        actions.take_back(id=matter.pk, reason="热线退回")
        back = queries.matter(matter.pk)
        assert queries.handed(back) is None
        assert (back.owner, back.stage, back.due_at) == kept


def test_the_resident_reads_where_it_went_and_why(
    county: County, matter: Matter, client: Client
) -> None:
    """Both steps are public."""
    _handed(county, matter)
    with acting(by_link("nonce-1")):
        steps = queries.timeline(queries.by_link(), public_only=True)
    assert [step.verb for step in steps] == ["open", "hand_over"]
    assert "供水公司" in steps[1].text


def test_one_line_at_a_time(county: County, matter: Matter) -> None:
    """Twice over, and back what is not away, are refused; so is an old page."""
    with acting(county.officer), pytest.raises(HandedAlready):
        actions.take_back(id=matter.pk, reason="x")
    _handed(county, matter)
    with acting(county.officer):
        with pytest.raises(HandedAlready):
            actions.hand_over(id=matter.pk, item=FIGHT, reason="x")
        with pytest.raises(Stale):
            actions.take_back(id=matter.pk, reason="x", version=1)


def test_only_what_is_agreed_and_only_who_may(county: County, matter: Matter) -> None:
    """A type from the list, words for the resident, and the permit."""
    with acting(county.officer):
        for item, reason in (("12345-in-noise", "x"), ("x", "x"), (WATER, " ")):
            with pytest.raises(Invalid):
                actions.hand_over(id=matter.pk, item=item, reason=reason)
    with acting(lacking(county.officer, "loop.hand_over")), pytest.raises(Denied):
        actions.hand_over(id=matter.pk, item=WATER, reason="x")


def test_where_it_came_from_is_kept(county: County) -> None:
    """What 110 or 12345 passed on says so; nobody else can claim a line."""
    made = said("噪音扰民", "n-from", came_from="110")
    with acting(county.officer):
        assert Step.objects.get(matter=made, verb="open").data["came_from"] == "110"
    with pytest.raises(Invalid) as refused:
        said("噪音扰民", "n-119", came_from="119")
    assert "came_from" in refused.value.fields


@pytest.fixture
def desk(county: County) -> Client:
    """The officer at their desk."""
    browser = Client()
    account = Account.objects.get(username="wangjianguo")
    browser.cookies[sign_ins.COOKIE] = signed_in(account=account)
    return browser


def test_on_the_page(county: County, matter: Matter, desk: Client) -> None:
    """There and back without a script; what was typed stays when something is missing."""
    address = f"/m/{matter.code}/hand-over"
    assert "停水、停电、停气、停暖" in desk.get(address).text
    lacking_item = desk.post(address, {"reason": "归热线办", "version": "1", "do": "over"})
    assert lacking_item.status_code == 400
    assert "归热线办" in lacking_item.text
    good = {"item": WATER, "reason": "归热线办", "version": "1", "do": "over"}
    page = desk.post(address, good, follow=True).text
    assert "已移交 12345" in page
    assert "移交 12345：停水、停电、停气、停暖" in page
    old = desk.post(address, {"reason": "退回", "version": "1", "do": "back"})
    assert old.status_code == 409
    back = {"reason": "退回", "version": "2", "do": "back"}
    assert "已移交 12345" not in desk.post(address, back, follow=True).text
