"""Places are found by what people type."""

import pytest
from django.db import connection

from zhitong.kernel.areas import queries
from zhitong.kernel.areas.finding import MOST, search
from zhitong.kernel.areas.models import Area
from zhitong.kernel.areas.tests.county import load

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def county():
    load()


def codes(text, **how):
    return [area.code for area in search(text, **how)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("孙家", ["371403001201"]),
        ("家洼村", ["371403001201"]),
        ("陵城", ["371403"]),
        ("德", ["3714", "371403001"]),
        ("sun", ["371403001201"]),
        ("SunJiaWa", ["371403001201"]),
        ("sjw", ["371403001201"]),
        ("lü", ["371403001202"]),
        ("l", ["371403", "371403002", "371403002001", "371403001202"]),
        ("3714030020", ["371403002001"]),
        ("371403", ["371403", "371403001", "371403002"]),
        ("37140", ["371403", "371403001", "371403002"]),
        ("jiawa", []),
        ("村 孙", ["371403001201"]),
        ("安德 孙家", []),
        ("", []),
        ("，。!", []),
        ("0", []),
        ("9999999999999999", []),
        ("' OR 1=1 --", []),
        ("德\x00", ["3714", "371403001"]),
    ],
)
def test_by_name_pinyin_initials_and_code(text, found):
    assert codes(text)[: len(found) or None] == found


def test_inside_an_area():
    assert codes("村", within="371403002") == []
    assert codes("社区", within="371403002") == ["371403002001"]
    assert codes("lfsq", within="371403001") == []
    assert codes("l", within="371403001") == ["371403001202"]
    assert codes("3", within="371403002") == ["371403002", "371403002001"]


def test_never_more_than_the_limit():
    rows = [f"3714030020{number},芦{number}村委会,village,371403002" for number in range(10, 60)]
    load("371403002,临齐街道,township,371403", *rows)
    for text in ("芦", "lu", "l", "37", "村"):
        assert len(codes(text, limit=1000)) == MOST
        assert len(codes(text, limit=3)) == 3


def test_prefixes_are_range_scans():
    spelled = Area.objects.filter(level="village", pinyin__gte="s", pinyin__lt="t")
    plan = spelled.order_by("pinyin", "number")[:20].explain()
    if connection.vendor == "sqlite":
        assert "areas_by_pinyin (level=? AND pinyin>? AND pinyin<?)" in plan
        assert "TEMP B-TREE" not in plan


def test_one_statement_for_a_prefix(django_assert_num_queries):
    with django_assert_num_queries(1):
        codes("l")


def test_how_people_name_places(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert queries.labels(["371403001201", "371403002", "371403002001", "110101001001"]) == {
            "371403001201": "安德街道 · 孙家洼村",
            "371403002": "临齐街道",
            "371403002001": "临齐街道 · 芦坊社区",
            "110101001001": "110101001001",
        }
    assert queries.label("371403001202") == "安德街道 · 吕家村"


def test_the_way_up_and_down():
    assert [area.name for area in queries.chain("371403001")] == [
        "山东省", "德州市", "陵城区", "安德街道",
    ]  # fmt: skip
    assert [area.code for area in queries.townships("371403")] == ["371403001", "371403002"]
    assert [area.code for area in queries.villages("371403002")] == ["371403002001"]
    assert [area.code for area in queries.children("37")] == ["3714"]


@pytest.mark.parametrize("code", ["371403001201", "", "x", "0", "３７", "9" * 10_000, "371"])
def test_nothing_below(code):
    assert list(queries.children(code)) == []


def test_a_grouped_list_takes_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        groups = queries.grouped("371403")
    assert [(group.area.code, len(group.villages)) for group in groups] == [
        ("371403001", 2), ("371403002", 1),
    ]  # fmt: skip


def test_retired_places_are_not_offered():
    load("371403001,安德街道,township,371403", "371403001202,吕家村委会,village,371403001",
         "371403001203,雨淋店村委会,village,371403001")  # fmt: skip
    assert "371403001201" not in [area.code for area in queries.villages("371403001")]
    assert len(queries.grouped("371403")[0].villages) == 2
    assert queries.label("371403001201") == "安德街道 · 孙家洼村"
