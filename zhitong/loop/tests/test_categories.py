"""The tree of categories: what it holds, what it refuses, and where people meet it."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from zhitong.loop.categories import CATEGORIES, DEFAULT, GROUPS, Urgency, chain, choices, label_of
from zhitong.loop.categories.tree import LINES, planted
from zhitong.loop.tests.county import TOWN

OLD = (
    "hardship", "children", "counselling", "weather", "fraud", "charity", "household", "temporary",
    "legal", "quarrel", "school", "traffic", "noise", "property", "praise", "other",
)  # fmt: skip


def _data(**changes: Any) -> dict[str, list[dict[str, Any]]]:
    entry = {"code": "lamp", "parent": "street", "line": "station", "zh": "灯", "en": "Lamp"}
    group = {"code": "street", "zh": "街", "en": "Street"}
    return {"group": [group], "category": [entry | {"urgency": "prompt"} | changes]}


def test_a_county_has_enough_to_choose_from() -> None:
    """All three lines and urgencies; every matter that is there keeps its category."""
    assert len(CATEGORIES) >= 60
    assert {one.line for one in CATEGORIES.values()} == LINES
    assert {one.urgency for one in CATEGORIES.values()} == set(Urgency)
    assert set(OLD) <= set(CATEGORIES)
    assert {chain(code)[0] for code in CATEGORIES} == set(GROUPS)


def test_few_are_public_and_none_that_points_at_a_person() -> None:
    """Private is what nobody thought about."""
    public = {code for code, one in CATEGORIES.items() if one.public}
    assert "streetlight" in public
    assert len(public) <= 10
    secret = {"quarrel", "fraud", "hardship", "children", "gambling", "counselling", "other"}
    assert not {code for code in public if secret & set(chain(code))}


def test_labels_are_in_the_readers_language() -> None:
    """Both are in the data; the page decides."""
    with translation.override("en"):
        assert str(CATEGORIES["fraud-money"].label) == "Money has been sent"
    with translation.override("zh-hans"):
        assert str(CATEGORIES["fraud-money"].label) == "钱已经转出去了"
        assert str(label_of("")) == "不限类别"


def test_the_way_down_to_a_category() -> None:
    """From its group; what is not known has none."""
    assert chain("id-card-lost") == ("papers", "household", "id-card-lost")
    assert chain("papers") == ("papers",)
    assert chain("nowhere") == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"parent": "nowhere"},
        {"line": "4"},
        {"urgency": "soon"},
        {"terms": "never"},
        {"en": " "},
        {"code": "Lamp"},
        {"code": "street"},
        {"bring": [["灯泡", ""]]},
    ],
)
def test_what_makes_no_sense_is_refused_on_starting(changes: dict[str, Any]) -> None:
    """Not when somebody first chooses it."""
    with pytest.raises(ValueError, match=r"."):
        planted(_data(**changes))


def test_a_category_is_private_and_runs_under_its_urgency_unless_said() -> None:
    """The careful answer is the one that needs no words."""
    lamp = planted(_data()).categories["lamp"]
    assert (lamp.public, lamp.terms, lamp.evidence) == (False, "prompt", ())
    assert planted(_data(terms="urgent")).categories["lamp"].terms == "urgent"


def test_a_category_comes_once() -> None:
    """Two of one code would hide one."""
    data = _data()
    with pytest.raises(ValueError, match="two"):
        planted(data | {"category": data["category"] * 2})


def test_the_picker_offers_every_category_once() -> None:
    """In groups, and first what needs no choice."""
    listed = choices()
    assert listed[0][0] == DEFAULT
    below = [code for _label, group in listed[1:] if isinstance(group, list) for code, _ in group]
    assert sorted([DEFAULT, *below]) == sorted(CATEGORIES)


@pytest.mark.django_db
def test_the_form_shows_groups_and_the_page_after_it_what_to_bring(
    client: Client, county: object
) -> None:
    """A resident who says what it is about reads what to bring; who does not, reads nothing."""
    page = client.get("/say").content.decode()
    assert page.count("<optgroup") == len(GROUPS)
    sent = {"words": "孩子满月了，想上户口", "nonce": "n-bring", "town": TOWN}
    after = client.post("/say", sent | {"category": "household-birth"}, follow=True)
    assert "出生医学证明" in after.content.decode()
    plain = client.post("/say", sent | {"nonce": "n-plain"}, follow=True)
    assert "来现场办理请带上" not in plain.content.decode()


@pytest.mark.django_db
def test_anybody_can_read_what_to_bring(client: Client) -> None:
    """Without choosing, sending or signing in."""
    with_papers = [one for one in CATEGORIES.values() if one.evidence]
    page = client.get("/bring").content.decode()
    assert page.count('<details class="more"') == len(with_papers)
    assert all(str(one.label) in page for one in with_papers)
