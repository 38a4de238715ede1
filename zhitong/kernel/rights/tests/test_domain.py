"""A request ends once, and what is needed is never granted."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhitong.kernel.rights.domain import (
    MOVES,
    OPEN,
    THINK_AGAIN,
    Fate,
    Kind,
    NotPossible,
    State,
    course,
    move,
)

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
VERBS = sorted({verb for _state, verb in MOVES})


@given(
    kind=st.sampled_from(Kind),
    fate=st.sampled_from(Fate),
    verbs=st.lists(st.sampled_from(VERBS), max_size=8),
)
def test_whatever_is_tried_a_request_ends_once(kind: Kind, fate: Fate, verbs: list[str]) -> None:
    try:
        state = course(kind, fate, AT).state
    except NotPossible:
        assert (kind, fate) == (Kind.ERASE, Fate.STAYS)
        return
    seen = [state]
    for verb in verbs:
        try:
            state = move(state, verb)
        except NotPossible:
            continue
        seen.append(state)
    ends = [one for one in seen if one not in OPEN]
    assert len(ends) <= 1
    assert not ends or seen[-1] is ends[0]
    if State.DONE in seen:
        assert State.GRANTED in seen


def test_what_nobody_forbids_waits_a_week_and_the_rest_waits_for_a_person() -> None:
    free, weighed = course(Kind.ERASE, Fate.FREE, AT), course(Kind.ERASE, Fate.WEIGHED, AT)
    assert (free.state, free.carry_at) == (State.GRANTED, AT + THINK_AGAIN)
    assert (weighed.state, weighed.carry_at) == (State.ASKED, None)
    with pytest.raises(NotPossible):
        course(Kind.ERASE, Fate.STAYS, AT)
    assert course(Kind.CORRECT, Fate.STAYS, AT).state is State.ASKED
