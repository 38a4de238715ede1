"""Who gets a matter: the pure rule hammered, and what the loop does with it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.permits.world import signed_in
from zhitong.kernel.clock import now
from zhitong.kernel.errors import Denied, Invalid, NotFound
from zhitong.kernel.identity import sign_ins
from zhitong.kernel.identity.models import Account, Post, Role
from zhitong.kernel.scope import Reach, Scope, acting
from zhitong.loop import actions
from zhitong.loop.domain.routing import Rule, deciding
from zhitong.loop.models import Matter, Route, Step
from zhitong.loop.queries.routing import forget_routes, routed
from zhitong.loop.tests.county import COUNTY, TOWN, VILLAGE, County, path_of, said

PLACES = [path_of(code) for code in (COUNTY, TOWN, VILLAGE, "371403002", "3714030")[:4]]
CHAIN = ("fraud-group", "fraud", "fraud-money")
START = datetime(2026, 1, 5, tzinfo=UTC)
PERMITS = frozenset({"loop.set_route", "loop.end_route"})

rules = st.builds(
    Rule,
    id=st.uuids(),
    path=st.sampled_from(PLACES),
    category=st.sampled_from(["", *CHAIN, "noise"]),
    post=st.uuids(),
    starts_at=st.integers(-3, 3).map(lambda day: START + timedelta(days=day)),
    ends_at=st.none() | st.integers(-3, 3).map(lambda day: START + timedelta(days=day)),
)


@given(st.lists(rules, max_size=12), st.sampled_from(PLACES))
def test_the_most_specific_rule_that_holds_decides(held: list[Rule], path: str) -> None:
    """No other that holds has a smaller place, or at the same place a finer kind."""
    won = deciding(held, path=path, chain=CHAIN, at=START)
    about = [rule for rule in held if rule.holds(path=path, chain=CHAIN, at=START)]
    assert (won is None) == (not about)
    if won is None:
        return
    assert won in about
    for rule in about:
        assert len(rule.path) <= len(won.path)
        if rule.path == won.path:
            assert len(rule.category and CHAIN[: CHAIN.index(rule.category) + 1]) <= len(
                won.category and CHAIN[: CHAIN.index(won.category) + 1]
            )


@given(st.lists(rules, max_size=12, unique_by=lambda rule: rule.id), st.randoms())
def test_the_order_of_the_rules_does_not_matter(held: list[Rule], shuffled: object) -> None:
    """The database may return them as it likes."""
    again = list(held)
    shuffled.shuffle(again)  # type: ignore[attr-defined]
    one = deciding(held, path=PLACES[2], chain=CHAIN, at=START)
    assert one == deciding(again, path=PLACES[2], chain=CHAIN, at=START)


@given(st.lists(rules, max_size=12), rules)
def test_a_rule_about_something_else_changes_nothing(held: list[Rule], other: Rule) -> None:
    """Another place, another kind, another time."""
    before = deciding(held, path=PLACES[2], chain=CHAIN, at=START)
    for strange in (
        replace(other, path=path_of("371499")),
        replace(other, category="noise"),
        replace(other, ends_at=START, starts_at=START - timedelta(days=9)),
        replace(other, starts_at=START + timedelta(microseconds=1), ends_at=None),
    ):
        assert deciding([*held, strange], path=PLACES[2], chain=CHAIN, at=START) == before


@pytest.fixture
def boss(county: County) -> Scope:
    """Somebody who reaches the county and may decide."""
    forget_routes()
    return Scope("staff:" + str(UUID(int=1)), Reach((path_of(COUNTY),)), PERMITS, "duty", "督办员")


def _set(boss: Scope, post: Post, area: str = COUNTY, category: str = "fraud") -> UUID:
    with acting(boss):
        made: UUID = actions.set_route(
            area=area, category=category, post=post.pk, reason="反诈专班"
        )
    return made


def _bureau() -> Post:
    return Post.objects.get(name="陵城区公安分局")


def test_a_rule_decides_about_what_comes_in_after_it(county: County, boss: Scope) -> None:
    """And about nothing that came before; the opening step says which rule it was."""
    before = said("有人刷单", "n-before", category="fraud")
    rule = _set(boss, _bureau())
    after = said("钱转走了", "n-after", category="fraud-money")
    other = said("太吵了", "n-other", category="noise")
    with acting(county.clerk):
        assert Matter.objects.get(pk=before.pk).owner == county.office
    assert after.owner == _bureau()
    assert other.owner == county.office
    with acting(replace(boss, permits=frozenset({"loop.read"}))):
        why = Step.objects.get(matter=after, verb="open").data["why"]
        near = Step.objects.get(matter=other, verb="open").data["why"]
    told = {"rule": str(rule), "category": "fraud", "place": "陵城区", "post": "陵城区公安分局"}
    assert why == told
    assert near == {"post": "北街警务室"}


def test_a_smaller_place_and_a_finer_kind_go_first(county: County, boss: Scope) -> None:
    """Place before kind, as the pure rule says."""
    _set(boss, _bureau(), category="fraud-money")
    _set(boss, county.station, area=TOWN, category="")
    assert routed(path=path_of(VILLAGE), category="fraud-money").post.pk == county.station.pk
    assert routed(path=path_of("371403002"), category="fraud-money").post.pk == _bureau().pk


def test_a_rule_ends(county: County, boss: Scope) -> None:
    """Then the nearest post has it again; ending it twice is not possible."""
    rule = _set(boss, _bureau())
    with acting(boss):
        actions.end_route(id=rule)
        with pytest.raises(NotFound):
            actions.end_route(id=rule)
    assert said("骗子来电", "n-end", category="fraud").owner == county.office


def test_a_new_rule_for_the_same_ends_the_old_one(county: County, boss: Scope) -> None:
    """One holds at a time, and both stay to be read."""
    old = _set(boss, _bureau(), area=TOWN)
    new = _set(boss, county.station, area=TOWN)
    assert Route.objects.get(pk=old).ends_at == Route.objects.get(pk=new).starts_at
    assert said("骗子来电", "n-two", category="fraud").owner == county.station


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"area": "371499"}, "area"),
        ({"area": "nowhere"}, "area"),
        ({"category": "nowhere"}, "category"),
        ({"post": UUID(int=7)}, "post"),
        ({"reason": "  "}, "reason"),
        ({"starts_on": now().date() - timedelta(days=2)}, "starts_on"),
    ],
)
def test_what_makes_no_sense_is_refused(
    boss: Scope, changes: dict[str, object], field: str
) -> None:
    """With a sentence at its field, and no rule."""
    good: dict[str, object] = {"area": COUNTY, "category": "fraud", "post": _bureau().pk}
    with acting(boss), pytest.raises(Invalid) as refused:
        actions.set_route(**{**good, "reason": "专班", **changes})  # type: ignore[arg-type]
    assert field in refused.value.fields
    assert not Route.objects.exists()


def test_a_post_is_not_given_what_it_cannot_see(county: County, boss: Scope) -> None:
    """A station gets no rule for the whole county."""
    with pytest.raises(Invalid):
        _set(boss, county.station)


def test_nobody_decides_beyond_their_reach_or_without_the_permit(
    county: County, boss: Scope
) -> None:
    """Neither setting nor ending."""
    rule = _set(boss, _bureau())
    town = replace(boss, reach=Reach((path_of(TOWN),)))
    with pytest.raises(Invalid):
        _set(town, _bureau())
    with acting(town), pytest.raises(Invalid):
        actions.end_route(id=rule)
    with acting(county.officer), pytest.raises(Denied):
        actions.end_route(id=rule)


def test_it_costs_no_query_more(county: County, boss: Scope) -> None:
    """Once the rules are known, one statement finds the post, with a rule or without."""
    _set(boss, _bureau())
    routed(path=path_of(VILLAGE), category="fraud")
    for category in ("fraud", "noise"):
        with CaptureQueriesContext(connection) as asked:
            routed(path=path_of(VILLAGE), category=category)
        assert len(asked) == 1, category


def test_a_rule_whose_post_is_gone_stops_nothing(county: County, boss: Scope) -> None:
    """There is always somebody: the nearest post."""
    rule = _set(boss, _bureau())
    routed(path=path_of(VILLAGE), category="fraud")
    Route.objects.filter(pk=rule).update(ends_at=now())
    found = routed(path=path_of(VILLAGE), category="nowhere")
    assert (found.post.pk, found.rule) == (county.office.pk, None)


@pytest.fixture
def desk(county: County) -> Client:
    """The clerk of the bureau at the page of rules."""
    forget_routes()
    account = Account.objects.get(username="lixiulan")
    Role.objects.update(permits=[*Role.objects.get().permits, *PERMITS])
    browser = Client()
    browser.cookies[sign_ins.COOKIE] = signed_in(account=account)
    return browser


def test_tried_set_and_ended_on_the_page(county: County, desk: Client) -> None:
    """Without a script; the matter says why it came."""
    case = {"category": "noise", "town": TOWN}
    tried = desk.post("/routes", case | {"do": "try"})
    assert "安德街道: 安德街道派出所" in tried.text
    assert "没有另外的规则" in tried.text
    bad = desk.post("/routes", case | {"do": "set", "reason": "x"})
    assert bad.status_code == 400
    good = case | {"village": VILLAGE, "do": "set", "post": county.station.pk, "reason": "专班"}
    assert desk.post("/routes", good, follow=True).status_code == 200
    owned = said("太吵了", "n-page", category="noise-night")
    assert owned.owner == county.station
    page = desk.get(f"/m/{owned.code}").text
    assert "按规则，北街社区的“噪音与治安”由安德街道派出所承办。" in page
    rule = Route.objects.get()
    assert "专班" in desk.get("/routes").text
    desk.post("/routes/end", {"route": rule.pk})
    assert "没有规则：事项都由就近的岗位承办。" in desk.get("/routes").text
