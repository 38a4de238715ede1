"""The writing: complete, consistent, and enough of it."""

import re

import pytest

from zhitong.config.demo.dice import dice
from zhitong.config.demo.phrases import Pen, filled, gaps, topics, words
from zhitong.loop.categories import CATEGORIES
from zhitong.loop.domain import Outcome

LEFT_OVER = re.compile(r"[\[\]{}|]")
MADE = {
    "place", "town", "station", "officer", "clerk", "sur", "call", "neighbour", "visit",
    "hand", "day",
}  # fmt: skip
TEXTS = (
    "bodies", "records", "comments", "answers", "notes", "refusals", "withdraw", "praise",
    "grumble", "again", "finals",
)  # fmt: skip


def known_gaps():
    return MADE | set(words().everywhere) | set(words().village) | set(words().community)


def test_there_is_enough_to_say():
    bodies = [body for topic in topics() for body in topic.bodies]
    assert len(bodies) == len(set(bodies)) >= 100
    assert len({topic.id for topic in topics()}) == len(topics())


@pytest.mark.parametrize("topic", topics(), ids=lambda topic: topic.id)
def test_a_topic_is_complete(topic):
    assert topic.category in CATEGORIES
    assert topic.outcome in set(Outcome)
    assert topic.bodies
    assert bool(topic.answers) != bool(topic.refusals)
    assert bool(topic.again) == bool(topic.finals)
    assert topic.again or not topic.grumble
    assert topic.answers == () or topic.praise
    if topic.paired:
        assert len(topic.bodies) == len(topic.answers)
        assert len(topic.praise) in {1, len(topic.bodies)}
        assert max(topic.record_pair, topic.comment_pair) < len(topic.bodies)
    assert topic.again_after < len(topic.answers)


@pytest.mark.parametrize("topic", topics(), ids=lambda topic: topic.id)
def test_texts_can_be_filled(topic):
    slots = dict.fromkeys(known_gaps(), "某")
    for kind in TEXTS:
        for text in getattr(topic, kind):
            assert gaps(text) <= known_gaps(), text
            assert not LEFT_OVER.search(filled(text, slots, dice(text))), text


def test_villages_and_communities_have_the_same_gaps():
    assert set(words().village) == set(words().community)


def test_the_pen_avoids_repeating_itself():
    pen = Pen(dice("pen"))
    written = [pen.write(("甲[一|二|三]", "乙[四|五|六]"), {}) for _ in range(6)]
    assert len(set(written)) == 6


def test_an_unknown_gap_is_an_error():
    with pytest.raises(KeyError):
        filled("{nobody}", {}, dice(""))
