"""A resident adds words to a matter, and cannot bury it under them."""

import pytest

from zhitong.kernel.errors import Invalid
from zhitong.kernel.scope import acting
from zhitong.loop import actions, queries
from zhitong.loop.actions.rating import MOST_ADDED
from zhitong.loop.models import Matter
from zhitong.loop.tests.county import County, by_link


def test_adding_has_an_end_and_answers_stay_in_sight(county: County, matter: Matter) -> None:
    """The one too many is refused with a sentence, and changes nothing."""
    with acting(by_link("nonce-1")):
        for number in range(MOST_ADDED):
            actions.add(id=matter.pk, text=f"第{number}次补充")
        with pytest.raises(Invalid) as refusal:
            actions.add(id=matter.pk, text="再说一次")
        assert "text" in refusal.value.fields
        steps = queries.timeline(matter, public_only=True)
    assert [step.verb for step in steps] == ["open"] + ["add"] * MOST_ADDED
