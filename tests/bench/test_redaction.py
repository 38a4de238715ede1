"""The detector against the generated corpus: every class, known writings and held-out ones."""

import pytest

from bench.redacting.corpus import WRITINGS, samples
from bench.redacting.measuring import Tally, measure
from zhitong.kernel.text.personal import find, redacted


@pytest.fixture(scope="module")
def tally() -> Tally:
    return measure(samples(5_000))


@pytest.mark.parametrize("kind", [*WRITINGS, "all"])
def test_nearly_all_is_found_and_nearly_nothing_else(tally: Tally, kind: str) -> None:
    assert tally.planted[kind] >= 400
    assert tally.recall(kind) >= 0.995
    assert tally.precision(kind) >= 0.98


def test_writings_that_were_set_aside_are_found_too(tally: Tally) -> None:
    assert tally.planted["held_out"] >= 1_000
    assert tally.recall("held_out") >= 0.995


def test_another_seed_does_as_well() -> None:
    figures = measure(samples(3_000, seed=7)).figures()
    assert figures["all_recall"] >= 0.995
    assert figures["all_precision"] >= 0.98


def test_the_corpus_is_what_it_says() -> None:
    twice = list(samples(300)), list(samples(300))
    assert twice[0] == twice[1]
    assert sum(not sample.items for sample in twice[0]) >= 30
    for sample in twice[0]:
        for item in sample.items:
            assert item.kind in WRITINGS
            assert sample.text[item.start : item.end].strip()


def test_nothing_is_left_to_find_in_what_was_redacted() -> None:
    for sample in samples(1_000):
        assert find(redacted(sample.text)) == ()
