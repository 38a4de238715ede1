"""What must hold before anybody is warned, rule by rule, and which alerts belong together."""

from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhitong.lines.microblog.alerts.domain import (
    Alert,
    Category,
    Certainty,
    Circle,
    MessageType,
    Place,
    Point,
    Reach,
    Resource,
    Rule,
    Severity,
    Status,
    Urgency,
    check,
)
from zhitong.lines.microblog.alerts.domain.geometry import crosses_itself, is_closed
from zhitong.lines.microblog.alerts.domain.lineage import same_words, stories
from zhitong.lines.microblog.alerts.tests.examples import CHINESE, SENT, SQUARE, TOWN, WARNING

BOW = (SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0])


def with_info(**changes: Any) -> Alert:
    return replace(WARNING, infos=(replace(CHINESE, **changes),))


def with_place(**changes: Any) -> Alert:
    return with_info(places=(replace(TOWN, **changes),))


WRONG: list[tuple[Rule, Alert]] = [
    (Rule.NAME, replace(WARNING, identifier="a b")),
    (Rule.NAME, replace(WARNING, sender="a,b")),
    (Rule.ZONE, replace(WARNING, sent_at=SENT.replace(tzinfo=None))),
    (Rule.ZONE, with_info(expires_at=SENT.replace(tzinfo=None))),
    (Rule.REFERENCES_MISSING, replace(WARNING, type=MessageType.CANCEL)),
    (Rule.REFERS_FORWARD, replace(WARNING, references=(WARNING.name,))),
    (Rule.RESTRICTION, replace(WARNING, restriction="officers")),
    (Rule.RESTRICTION, replace(WARNING, reach=Reach.RESTRICTED)),
    (Rule.ADDRESSES, replace(WARNING, reach=Reach.PRIVATE)),
    (Rule.INFO_MISSING, replace(WARNING, infos=())),
    (Rule.TEST, replace(WARNING, status=Status.TEST)),
    (
        Rule.CATEGORIES_DIFFER,
        replace(WARNING, infos=(CHINESE, replace(CHINESE, categories=(Category.MET,)))),
    ),
    (Rule.EVENT_DIFFERS, replace(WARNING, infos=(CHINESE, replace(CHINESE, event="暴雨")))),
    (Rule.SAME_WORDS, replace(WARNING, infos=(CHINESE, replace(CHINESE, language="en")))),
    (Rule.LANGUAGE, with_info(language="中文")),
    (Rule.CATEGORY_MISSING, with_info(categories=())),
    (Rule.EVENT_MISSING, with_info(event=" ")),
    (Rule.URGENCY_UNKNOWN, with_info(urgency=Urgency.UNKNOWN)),
    (Rule.SEVERITY_UNKNOWN, with_info(severity=Severity.UNKNOWN)),
    (Rule.CERTAINTY_UNKNOWN, with_info(certainty=Certainty.UNKNOWN)),
    (Rule.HEADLINE_MISSING, with_info(headline="")),
    (Rule.HEADLINE_LONG, with_info(headline="长" * 141)),
    (Rule.DESCRIPTION_MISSING, with_info(description="")),
    (Rule.INSTRUCTION_MISSING, with_info(instruction="")),
    (Rule.WORDS_REPEATED, with_info(instruction=CHINESE.headline)),
    (Rule.MARKUP, with_info(description="<b>小心</b>")),
    (Rule.MARKUP, with_info(instruction="请拨打&nbsp;110")),
    (Rule.EXPIRES_MISSING, with_info(expires_at=None)),
    (Rule.EXPIRES_EARLY, with_info(expires_at=SENT)),
    (Rule.RESPONSE_MISSING, with_info(responses=())),
    (Rule.SENDER_NAME_MISSING, with_info(sender_name="")),
    (Rule.WEB_MISSING, with_info(web="")),
    (Rule.CONTACT_MISSING, with_info(contact="")),
    (Rule.PLACE_MISSING, with_info(places=())),
    (Rule.RESOURCE, with_info(resources=(Resource("图", "image/png", "a.png"),))),
    (Rule.PLACE_UNBOUND, with_info(places=(Place("某地"),))),
    (Rule.PLACE_UNNAMED, with_place(description=" ")),
    (Rule.OFF_EARTH, with_place(polygons=((Point(91, 0), *SQUARE, Point(91, 0)),))),
    (Rule.POLYGON_OPEN, with_place(polygons=(SQUARE,))),
    (Rule.POLYGON_OPEN, with_place(polygons=((SQUARE[0], SQUARE[1], SQUARE[0]),))),
    (Rule.POLYGON_CROSSES, with_place(polygons=(BOW,))),
    (Rule.CIRCLE, with_place(circles=(Circle(SQUARE[0], 0.0),))),
    (Rule.HEIGHT, with_place(altitude_ft=200.0, ceiling_ft=100.0)),
    (Rule.HEIGHT, with_place(ceiling_ft=100.0)),
]


@pytest.mark.parametrize(("rule", "alert"), WRONG, ids=lambda one: str(one)[:20])
def test_each_rule_finds_its_fault_and_no_other(rule: Rule, alert: Alert) -> None:
    assert {fault.rule for fault in check(alert)} == {rule}


def test_every_rule_is_tried() -> None:
    assert {rule for rule, _ in WRONG} | {Rule.REFERENCE_UNKNOWN} == set(Rule)
    known = check(WARNING, known=[SENT, None])
    assert [fault.rule for fault in known] == [Rule.REFERENCE_UNKNOWN]


def test_a_fault_says_where_it_is() -> None:
    alert = replace(WARNING, infos=(CHINESE, replace(CHINESE, places=(TOWN, Place("某地")))))
    assert [fault.where for fault in check(alert)] == ["info.2.place.2"]


@given(st.integers(0, 10**6), st.integers(3, 8))
def test_a_star_shaped_line_never_crosses_itself(seed: int, corners: int) -> None:
    """Corners around a centre, in the order of their angle, whatever their distance."""
    random = Random(seed)
    turns = [(0, 9), (6, 6), (9, 0), (6, -6), (0, -9), (-6, -6), (-9, 0), (-6, 6)]
    around = [turns[n * 8 // corners] for n in range(corners)]
    scale = [random.randint(1, 9) for _ in around]
    line = [
        Point(30 + north * by / 100, 110 + east * by / 100)
        for (north, east), by in zip(around, scale, strict=True)
    ]
    closed = [*line, line[0]]
    assert is_closed(closed)
    assert not crosses_itself(closed)
    assert not crosses_itself(closed[::-1])


@pytest.mark.parametrize(
    "line",
    [
        BOW,
        (SQUARE[0], SQUARE[1], SQUARE[0], SQUARE[1], SQUARE[0]),
        (SQUARE[0], SQUARE[1], SQUARE[2], SQUARE[1], SQUARE[0]),
        (SQUARE[0],) * 4,
        (*SQUARE, Point(37.3, 116.55), SQUARE[2], SQUARE[0]),
    ],
)
def test_lines_that_meet_themselves(line: tuple[Point, ...]) -> None:
    assert crosses_itself(line)


def chain(length: int, *, cancelled: bool, sender: str = "a") -> list[Alert]:
    """A warning, its updates, and perhaps its end; each names the one before it."""
    first = replace(WARNING, sender=sender, identifier=f"{sender}.0")
    told = [first]
    for number in range(1, length):
        last = number == length - 1
        told.append(
            replace(
                first,
                identifier=f"{sender}.{number}",
                sent_at=SENT + timedelta(hours=number),
                type=MessageType.CANCEL if last and cancelled else MessageType.UPDATE,
                references=(told[-1].name,),
            )
        )
    return told


@settings(max_examples=150)
@given(
    lengths=st.lists(st.tuples(st.integers(1, 6), st.booleans()), min_size=1, max_size=5),
    seed=st.integers(0, 10**6),
    lost=st.integers(0, 3),
)
def test_whatever_the_order_the_stories_are_the_same(
    lengths: list[tuple[int, bool]], seed: int, lost: int
) -> None:
    chains = [
        chain(length, cancelled=cancelled and length > 1, sender=f"s{number}")
        for number, (length, cancelled) in enumerate(lengths)
    ]
    told = [alert for one in chains for alert in one]
    random = Random(seed)
    mixed = random.sample(told, len(told)) + random.choices(told, k=3)
    found = stories(mixed)
    assert found == stories(told)
    assert sorted(len(story.alerts) for story in found) == sorted(len(one) for one in chains)
    for story in found:
        mine = next(one for one in chains if one[0] == story.alerts[0])
        assert list(story.alerts) == mine
        assert story.is_cancelled == (mine[-1].type is MessageType.CANCEL)
        assert not story.missing
    kept = [alert for alert in mixed if alert not in random.sample(told, min(lost, len(told) - 1))]
    late = stories(kept + [alert for alert in told if alert not in kept])
    assert late == found


def test_a_story_waits_for_what_it_names() -> None:
    first, second, third = chain(3, cancelled=True)
    apart = stories([first, third])
    assert [len(story.alerts) for story in apart] == [1, 1]
    assert apart[1].missing == {second.name}
    assert apart[1].content is None
    assert apart[1].is_cancelled
    (whole,) = stories([third, second, first])
    assert whole.content == second


def test_the_same_words_under_another_name_are_a_defect() -> None:
    again = replace(WARNING, identifier="again")
    assert same_words(WARNING, again)
    assert not same_words(WARNING, WARNING)
    assert not same_words(WARNING, replace(again, infos=(replace(CHINESE, event="暴雨"),)))
