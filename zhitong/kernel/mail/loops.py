"""Whether a machine may answer, as a pure rule (RFC 3834): two of them must fall silent.

Only the first word of a new matter is acknowledged. What comes back to that is part of a known
thread and is not acknowledged, whatever its headers say; should it look new again, the pace of
its address stops it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from zhitong.kernel.mail.letter import Kind, Letter
from zhitong.kernel.mail.placing import Place, Spot

NOT_WITHIN = timedelta(minutes=10)
A_DAY = timedelta(days=1)
MOST_A_DAY = 5


def silent_because(
    letter: Letter, place: Place, *, answered: Sequence[datetime], at: datetime
) -> str:
    """Why no automatic answer may go out; '' when one may.

    ``answered`` are the times at which this address was answered by a machine before.
    """
    if letter.kind is not Kind.WORD:
        return f"it is no word: {letter.kind}"
    if place.spot is not Spot.NEW:
        return "only a new matter is acknowledged"
    if letter.wants_no_answer:
        return "it asks for no answer"
    if not letter.sender:
        return "there is nobody to answer"
    return _too_fast(answered, at)


def _too_fast(answered: Sequence[datetime], at: datetime) -> str:
    lately = [one for one in answered if one > at - A_DAY]
    if any(one > at - NOT_WITHIN for one in lately):
        return "this address was answered a moment ago"
    return "this address was answered often today" if len(lately) >= MOST_A_DAY else ""
