"""Which matters are shown as alike, and to whom."""

import pytest

from zhitong.kernel.scope import NoScope, acting
from zhitong.loop.queries.similar import similar
from zhitong.loop.tests.county import OTHER_TOWN, VILLAGE, path_of, said

SAID = "村口小卖部门前的路灯坏了三天了，晚上孩子放学看不清路，请派人看看。"
AGAIN = "村口小卖部门前的路灯坏了四天了，晚上孩子放学看不清路，请派人看看！"
HERE = path_of(VILLAGE)


def codes(found):
    return [one.matter.code for one in found]


def test_the_same_thing_said_again(county):
    first = said(SAID, "n1")
    said("想问一下新生儿落户要带什么材料，周六能不能办。", "n2")
    with acting(county.clerk):
        (found,) = similar(AGAIN, HERE)
    assert found.matter.code == first.code
    assert found.words > 0.7
    assert found.opened_at == first.opened_at


def test_nearer_comes_first(county):
    far, near = said(SAID, "n1", "371403001"), said(SAID, "n2")
    with acting(county.clerk):
        assert codes(similar(AGAIN, HERE)) == [near.code, far.code]
        assert codes(similar(AGAIN, HERE, but=near.pk)) == [far.code]


def test_only_within_reach(county):
    said(SAID, "n1")
    away = said(SAID, "n2", OTHER_TOWN)
    with acting(county.stranger):
        assert codes(similar(AGAIN, HERE)) == [away.code]


def test_words_like_all_others_are_found_by_their_place(county, monkeypatch):
    monkeypatch.setattr("zhitong.loop.queries.similar.holding", lambda *_, **__: [])
    here = said("路灯坏了", "n1")
    said("路灯坏了", "n2", OTHER_TOWN)
    with acting(county.clerk):
        assert codes(similar("路灯坏了", HERE)) == [here.code]


def test_nothing_alike(county, matter):
    with acting(county.clerk):
        assert similar("，。", HERE) == []
        assert similar("问一下护照怎么补办", HERE) == []


def test_without_a_scope_there_is_no_question(county, django_assert_num_queries):
    with django_assert_num_queries(0), pytest.raises(NoScope):
        similar(SAID, HERE)


def test_few_statements_whatever_there_is(county, django_assert_num_queries):
    for number in range(30):
        said(f"{SAID}（{number}）", f"n{number}")
    with acting(county.clerk), django_assert_num_queries(5):
        assert len(similar(AGAIN, HERE)) == 5
