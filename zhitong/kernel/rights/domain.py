"""What becomes of a request, in plain Python: what it may ask, and the states it goes through.

Personal Information Protection Law of the People's Republic of China, articles 44 to 50: to know,
to have a copy, to have it corrected, to have it erased, and to be told why not.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

ANSWER_WITHIN = 15
"""Working days in which a request is decided, as authorities commonly promise."""

THINK_AGAIN = timedelta(days=7)
"""How long an erasure that was granted can still be taken back."""


class Kind(StrEnum):
    """What somebody asks for."""

    ERASE = "erase"
    CORRECT = "correct"


class State(StrEnum):
    """How far a request has come."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"
    DONE = "done"


OPEN = frozenset({State.ASKED, State.GRANTED})


class Fate(StrEnum):
    """What may become of something when its erasure is asked for."""

    FREE = "free"
    """Nothing forbids it: it goes after the time to think again."""
    WEIGHED = "weighed"
    """The bureau has to keep a record of what it did, for a time; a person decides."""
    STAYS = "stays"
    """It is still needed for what it was given for."""


MOVES: dict[tuple[State, str], State] = {
    (State.ASKED, "grant"): State.GRANTED,
    (State.ASKED, "refuse"): State.REFUSED,
    (State.ASKED, "take_back"): State.TAKEN_BACK,
    (State.GRANTED, "take_back"): State.TAKEN_BACK,
    (State.GRANTED, "carry_out"): State.DONE,
    (State.GRANTED, "refuse"): State.REFUSED,
}


@dataclass(frozen=True, slots=True)
class Course:
    """Where a new request stands: its state, and when it is carried out if nobody objects."""

    state: State
    carry_at: datetime | None = None


class NotPossible(ValueError):
    """A request does not go from where it is to there."""


def move(state: State, verb: str) -> State:
    """The state after a step. Raises NotPossible."""
    try:
        return MOVES[state, verb]
    except KeyError:
        raise NotPossible(f"{verb} is not possible when {state}") from None


def course(kind: Kind, fate: Fate, at: datetime) -> Course:
    """How a request begins. Raises NotPossible for the erasure of what is still needed."""
    if kind is Kind.CORRECT:
        return Course(State.ASKED)
    if fate is Fate.STAYS:
        raise NotPossible("it is still needed")
    if fate is Fate.FREE:
        return Course(State.GRANTED, at + THINK_AGAIN)
    return Course(State.ASKED)
