"""Staff look places up: down the tree, or by what they type."""

import pytest
from django.test import Client

from tests.permits.world import World
from zhitong.kernel.areas import queries
from zhitong.kernel.areas.actions import import_areas
from zhitong.kernel.areas.models import Area
from zhitong.kernel.errors import Invalid
from zhitong.kernel.scope import Reach, Scope, acting
from zhitong.loop.tests.county import COUNTY, TOWN, VILLAGE

CLERK = Scope("staff:1", Reach(subtrees=("37/",)), frozenset({"areas.import"}), "test")


@pytest.fixture
def desk(world: World) -> Client:
    """An officer's browser, with places that can be searched."""
    rows = Area.objects.order_by("number").values_list("code", "name")
    table = "\n".join(["code,name", *(f"{code},{name}" for code, name in rows), ""])
    with acting(CLERK):
        Area.objects.update(name="?")
        import_areas(files={"areas.csv": table.encode()})
    return world.people["community_officer"].browser()


def test_down_the_tree_with_codes(desk: Client) -> None:
    """County, township, village, and the way up again."""
    county = desk.get("/areas").text
    assert f"?at={TOWN}" in county
    assert "安德街道" in county
    assert "?at=3714" in county
    town = desk.get("/areas", {"at": TOWN}).text
    assert VILLAGE in town
    assert f"?at={COUNTY}" in town
    assert "山东省" in desk.get("/areas", {"at": ""}).text
    village = desk.get("/areas", {"at": VILLAGE}).text
    assert "下面没有更小的区划" in village
    assert VILLAGE in village


@pytest.mark.parametrize("words", ["北街", "beij", "bjsq", VILLAGE])
def test_by_name_pinyin_initials_or_code(desk: Client, words: str) -> None:
    """With the place that it lies in, since names repeat."""
    found = desk.get("/areas", {"q": words}).text
    assert VILLAGE in found
    assert "山东省 · 德州市 · 陵城区 · 安德街道" in found


def test_nothing_found_says_how_to_search(desk: Client) -> None:
    """Not an empty page."""
    assert "没有找到这个地方" in desk.get("/areas", {"q": "哪里都没有"}).text


@pytest.mark.parametrize("at", ["x", "99", "371403999", "3714030", "37" * 300])
def test_a_place_that_is_none_is_not_found(desk: Client, at: str) -> None:
    """Neither an error nor the county instead."""
    assert desk.get("/areas", {"at": at}).status_code == 404


def test_lists_go_on_by_key(world: World) -> None:
    """However many places lie below one."""
    first = queries.listed(COUNTY, size=1)
    assert ([area.code for area in first.areas], first.following) == ([TOWN], TOWN)
    rest = queries.listed(COUNTY, after=first.following)
    assert (TOWN not in [area.code for area in rest.areas], rest.following) == (True, "")
    assert queries.listed("").areas[0].code == "37"
    for key in ("x", "9" * 400, "-1"):
        with pytest.raises(Invalid):
            queries.listed(COUNTY, after=key)


def test_residents_have_no_use_for_it(world: World) -> None:
    """They choose from the list where they say something."""
    assert world.people["resident"].browser().get("/areas").status_code == 403
