from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from zhitong.loop.domain.similarity import (
    ALIKE,
    Said,
    closeness,
    closest,
    jaccard,
    publishable,
    recency,
    score,
    shingles,
)

HERE = "37/14/03/001/201/"
texts = st.text(alphabet="路灯坏了三天没人修abc12 ，。", max_size=60)
sets = texts.map(shingles)
paths = st.sampled_from([HERE, "37/14/03/001/202/", "37/14/03/001/", "37/14/03/002/", "11/01/", ""])
ages = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=4000))
saids = st.builds(Said, sets, paths, ages)


def test_threes_of_letters_whatever_stands_between():
    assert shingles("路灯，坏了") == {"路灯坏", "灯坏了"}
    assert shingles("ＡＢ c") == {"abc"}
    assert shingles("路灯") == {"路灯"}
    assert shingles(" ，") == frozenset()


def test_a_slip_of_the_pen_leaves_most():
    said = "村口的路灯坏了三天了，晚上孩子放学看不清路，请帮忙看看。"
    slipped = "村口的路灯坏了三天，晚上孩子放学看不清路，请帮忙看看！"
    assert jaccard(shingles(said), shingles(slipped)) > 0.7
    assert jaccard(shingles(said), shingles("邻居家排水排到我家门口，说了几次都没用")) == 0


@given(sets, sets)
def test_jaccard_is_a_share_and_has_no_direction(one, other):
    assert 0 <= jaccard(one, other) == jaccard(other, one) <= 1
    assert jaccard(one, one) == (1 if one else 0)


@given(paths, paths)
def test_nearness_has_no_direction(one, other):
    assert 0 <= closeness(one, other) == closeness(other, one) <= 1


def test_nearer_counts_more():
    near = [closeness(HERE, path) for path in ("11/01/", "37/14/03/002/", "37/14/03/001/", HERE)]
    assert near == sorted(set(near))


@given(saids, saids)
def test_place_and_time_only_make_less_of_the_words(one, other):
    words = jaccard(one.shingles, other.shingles)
    assert 0 <= score(words, one, other) <= words
    assert score(0, one, other) == 0


@given(ages, ages)
def test_older_counts_less(one, other):
    if one < other:
        assert recency(one) >= recency(other) > 0


@given(saids, st.lists(saids, max_size=8), st.integers(0, 5))
def test_the_closest_come_first_and_not_too_many(asked, others, most):
    found = closest(asked, list(enumerate(others)), most=most)
    assert len(found) <= most
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    assert all(each.words >= ALIKE for each in found)
    left_out = set(range(len(others))) - {each.row for each in found}
    if len(found) < most:
        assert all(jaccard(asked.shingles, others[row].shingles) < ALIKE for row in left_out)


def test_numbers_are_told_in_steps_and_never_below_five():
    told = [publishable(number) for number in (0, 1, 4, 5, 9, 10, 19, 20, 49, 50, 100)]
    assert told == [0, 0, 0, 5, 5, 10, 10, 20, 20, 50, 50]
