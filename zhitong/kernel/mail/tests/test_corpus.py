"""Every crafted mail ends in the right matter or the right bin, with what was said."""

import pytest

from zhitong.kernel.mail.tests.corpus import OLD, generated
from zhitong.kernel.mail.tests.nasty import NASTY
from zhitong.kernel.mail.tests.world import placed, received

CASES = [*generated(240), *NASTY]


def test_there_are_two_hundred_and_more():
    assert len(CASES) >= 280
    assert len({case.raw for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_ends_where_it_must(case):
    found = placed(case.raw)
    assert (found.spot, found.matter) == (case.spot, case.matter), found.reason
    if case.matter:
        assert found.standing == case.standing
    letter = received(case.raw)
    if case.words:
        assert letter.text.split() == case.words.split()
    assert OLD not in letter.text
