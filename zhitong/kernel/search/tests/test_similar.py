"""Rows that hold the rarest tokens of a text, on both databases."""

import random

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from zhitong.kernel.search import engines
from zhitong.kernel.search.similar import BUDGET, RAREST, holding, weighed
from zhitong.kernel.search.tests.notes import NoteWords, write
from zhitong.kernel.search.tests.test_exact import HOSTILE, some_text

SAID = "幸福路北头卫生院对面的路灯坏了三天了，请派人看看"


def keys(text, most=50):
    return holding(NoteWords, text, most=most)


def key_of(note):
    return NoteWords.rows.get(owner=note).pk


def count():
    """What autovacuum does in its own time."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f'ANALYZE "{NoteWords._meta.db_table}"')


def test_what_is_nearly_the_same_comes_first(everywhere):
    dice = random.Random(7)
    for _ in range(200):
        write(some_text(dice))
    nearly = write(SAID.replace("三天", "四天"))
    other = write("卫生院对面有人乱停车")
    count()
    assert keys(SAID)[:2] == [key_of(nearly), key_of(other)]
    assert keys(SAID, most=1) == [key_of(nearly)]


def test_frequent_tokens_do_not_drown_rare_ones(everywhere):
    rare = write("孙家洼的路灯坏了")
    for number in range(engines.ENOUGH + 100):
        write(f"路灯坏了，第{number}盏")
    count()
    assert keys("孙家洼路灯坏了")[0] == key_of(rare)
    assert keys("路灯坏了")


def test_newest_first_among_equals(everywhere):
    first, second = write("孙家洼"), write("孙家洼")
    assert keys("孙家洼") == [key_of(second), key_of(first)]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_only_words(everywhere, text):
    write("户口")
    assert isinstance(keys(text), list)


def test_nothing_to_seek_by_finds_nothing_without_asking(everywhere, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert keys("，。 !") == []


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 2 * BUDGET), max_size=40))
def test_the_rarest_are_taken_within_the_budget_and_weigh_most(counts):
    taken = weighed(counts)
    assert bool(taken) == bool(counts)
    assert len(taken) <= RAREST
    assert len(taken) < 2 or sum(counts[token] for token in taken) <= BUDGET
    assert len(taken) < 2 or max(counts[token] for token in taken) <= engines.ENOUGH
    left = [count for token, count in counts.items() if token not in taken]
    assert not taken or not left or max(counts[token] for token in taken) <= min(left)
    assert list(taken.values()) == sorted(taken.values(), reverse=True)
    assert min(taken.values(), default=1) > 0
