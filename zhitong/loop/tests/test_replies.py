"""Prepared answers: their gaps, their days, their versions, and where they are offered."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from zhitong.kernel.clock import now
from zhitong.kernel.errors import Invalid, NotFound, Stale
from zhitong.kernel.scope import acting
from zhitong.loop import actions, queries
from zhitong.loop.domain.replies import GAPS, Offer, filled, fits, offered, still_open, unknown
from zhitong.loop.models import Matter, Reply
from zhitong.loop.queries.replies import gaps_of, replies, replies_for
from zhitong.loop.tests.county import County

DAY = timedelta(days=1)
BODY = "您反映的{{code}}已由{{post}}处理，{{due_day}}前答复，电话{{office_phone}}。"
plain = st.text(st.characters(exclude_characters="{}｛｝", exclude_categories=["Cs"]))
gap = st.sampled_from(GAPS).map(lambda name: "{{" + name + "}}")
values = st.dictionaries(st.sampled_from(GAPS), st.text(min_size=1, max_size=9))


@given(st.lists(plain | gap).map("".join), values)
def test_filling_closes_exactly_what_is_known(body: str, known: dict[str, str]) -> None:
    """What is filled in is never read again, so no value can open a gap or close another."""
    assert not unknown(body)
    asked = still_open(body)
    told = filled(body, dict.fromkeys(known, "·"))
    assert still_open(told) == [name for name in asked if name not in known]
    assert filled(body, {}) == body
    assert filled(body, dict.fromkeys(GAPS, "{{code}}")).count("{{code}}") == sum(
        body.count("{{" + name + "}}") for name in GAPS
    )


@given(plain)
def test_words_without_braces_are_left_alone(text: str) -> None:
    assert not unknown(text)
    assert not still_open(text)
    assert filled(text, dict.fromkeys(GAPS, "x")) == text


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ("{{code}}", []),
        ("{{ code }} ｛｛post｝｝ {{CODE}}", []),
        ("{{codex}}", ["codex"]),
        ("{{}}", ["{{}}"]),
        ("{{code", ["{{"]),
        ("code}}", ["}}"]),
        ("{{7*7}} {{7*7}}", ["7*7"]),
        ("{code}", []),
    ],
)
def test_a_name_that_is_not_known_is_named(body: str, wrong: list[str]) -> None:
    assert unknown(body) == wrong


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
paths = st.sampled_from(["37/", "37/14/", "37/14/03/", "37/14/03/001/", "37/14/02/"])
kinds = st.lists(st.sampled_from(["safety", "lamp", "household"]), unique=True, max_size=2)


@given(
    st.lists(st.builds(Offer, st.uuids(), paths, kinds.map(tuple), days, days | st.none())), days
)
def test_only_what_fits_is_offered_and_the_closest_first(made: list[Offer], on: date) -> None:
    path, chain = "37/14/03/001/201/", ("safety", "lamp")
    found = offered(made, path=path, chain=chain, on=on)
    assert {one.id for one in found} == {
        one.id for one in made if fits(one, path=path, chain=chain, on=on)
    }
    for one in found:
        assert one.starts_on <= on
        assert one.ends_on is None or on <= one.ends_on
        assert path.startswith(one.path)
    general = [not one.categories for one in found]
    assert general == sorted(general)
    assert offered(reversed(made), path=path, chain=chain, on=on) == found


def today() -> date:
    return timezone.localdate(now())


def written(county: County, **more: Any) -> Reply:
    told: dict[str, Any] = {
        "title_zh": "路灯", "title_en": "Street lamp", "body": BODY, "post": county.office.pk,
        "starts_on": today(),
    }  # fmt: skip
    with acting(county.officer):
        return actions.write_reply(**(told | more))


def test_it_is_offered_where_it_belongs_and_filled_in(county: County, matter: Matter) -> None:
    row = written(county)
    with acting(county.officer):
        mine = queries.matter(matter.pk)
        assert replies_for(mine) == [row]
        text = filled(row.body, gaps_of(mine))
    assert matter.code in text
    assert "北街警务室" in text
    assert still_open(text) == ["office_phone"]


def test_an_answer_with_an_open_gap_does_not_go_out(county: County, matter: Matter) -> None:
    with acting(county.officer):
        actions.take(id=matter.pk)
        with pytest.raises(Invalid) as refused:
            actions.answer(id=matter.pk, text="电话{{ office_phone }}。")
        assert "office_phone" in str(refused.value.fields["text"])
        actions.answer(id=matter.pk, text="函数写作 {{f(x)}}，电话0534-0000000。")


def test_what_is_over_or_to_come_or_elsewhere_is_not_offered(
    county: County, matter: Matter
) -> None:
    row = written(county)
    written(county, starts_on=today() + DAY)
    written(county, categories=["household"])
    with acting(county.officer):
        mine = queries.matter(matter.pk)
        assert replies_for(mine) == [row]
        actions.end_reply(family=row.family)
        assert replies_for(mine) == []
        assert [one.pk for one in replies(over=True)] == [row.pk]


def test_a_change_is_a_new_version_and_the_old_one_ends_the_day_before(county: County) -> None:
    first = written(county)
    second = written(
        county, family=first.family, version=1, body="{{today}}", starts_on=today() + 3 * DAY
    )
    assert (second.version, second.family) == (2, first.family)
    first.refresh_from_db()
    assert (first.body, first.ends_on) == (BODY, today() + 2 * DAY)
    with pytest.raises(Stale):
        written(county, family=first.family, version=1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("body", "{{phone}}"),
        ("body", "  "),
        ("title_zh", ""),
        ("title_en", "x\ny"),
        ("categories", ["nothing"]),
        ("post", UUID(int=7)),
        ("starts_on", date(2020, 1, 1)),
        ("ends_on", date(2020, 1, 1)),
    ],
)
def test_what_makes_no_sense_is_named(county: County, field: str, value: Any) -> None:
    with pytest.raises(Invalid) as refused:
        written(county, **{field: value})
    assert set(refused.value.fields) == {field}
    assert not Reply.objects.exists()


def test_nobody_writes_for_a_post_out_of_reach(county: County) -> None:
    """The officer of a village keeps the village's; the station's are the station's."""
    with pytest.raises(Invalid):
        written(county, post=county.station.pk)
    row = written(county)
    with acting(county.stranger), pytest.raises(NotFound):
        actions.end_reply(family=row.family)
    with acting(county.clerk):
        actions.end_reply(family=row.family)
