"""The rules of the closed loop, in plain Python.

A matter is received, owned, answered, closed and rated. A resident who is not satisfied, or
does not agree, sends it round again; a resident may also withdraw it, and an owner may refuse
it with a reason. One that says the same as another may be merged into that one, and parted from
it again (domain/merging.py). The lifecycle is the table MOVES and nothing else.
"""

from enum import StrEnum


class Stage(StrEnum):
    """Where a matter stands."""

    RECEIVED = "received"
    OWNED = "owned"
    ANSWERED = "answered"
    CLOSED = "closed"
    RATED = "rated"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    MERGED = "merged"


class Verb(StrEnum):
    """What can happen to a matter; each is one kind of step on its timeline."""

    OPEN = "open"
    TAKE = "take"
    REASSIGN = "reassign"
    SEND_BACK = "send_back"  # the owner asks; nothing moves until somebody above decides
    KEEP = "keep"  # it was not sent back
    RECLASSIFY = "reclassify"
    SET_TASK = "set_task"
    END_TASK = "end_task"
    MOVE_AREA = "move_area"
    HAND_OVER = "hand_over"
    TAKE_BACK = "take_back"
    NOTE = "note"
    ADD = "add"
    ASK = "ask"
    ANSWER = "answer"
    CLOSE = "close"
    RATE = "rate"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    REFUSE = "refuse"
    MERGE = "merge"
    UNMERGE = "unmerge"
    JOIN = "join"
    PART = "part"
    TOLD = "told"
    SPLIT = "split"


class Outcome(StrEnum):
    """How a matter ended, named by its owner on closing."""

    SOLVED = "solved"
    EXPLAINED = "explained"
    HANDED_OVER = "handed_over"
    NOT_POSSIBLE = "not_possible"


class Channel(StrEnum):
    """The door that a word came through."""

    WEB = "web"
    COUNTER = "counter"
    PHONE = "phone"
    API = "api"
    MICROBLOG = "microblog"
    MAIL = "mail"


class WrongStage(ValueError):
    """The lifecycle does not allow that step from here."""

    def __init__(self, stage: Stage, verb: Verb) -> None:
        super().__init__(f"{verb} is not possible when {stage}")
        self.stage = stage
        self.verb = verb


_OPEN = (Stage.RECEIVED, Stage.OWNED, Stage.ANSWERED)

MOVES: dict[tuple[Verb, Stage], Stage] = {
    (Verb.TAKE, Stage.RECEIVED): Stage.OWNED,
    (Verb.TAKE, Stage.OWNED): Stage.OWNED,
    (Verb.REASSIGN, Stage.RECEIVED): Stage.RECEIVED,
    (Verb.REASSIGN, Stage.OWNED): Stage.RECEIVED,
    (Verb.REASSIGN, Stage.ANSWERED): Stage.RECEIVED,
    (Verb.ASK, Stage.OWNED): Stage.OWNED,
    (Verb.ASK, Stage.ANSWERED): Stage.ANSWERED,
    (Verb.ANSWER, Stage.OWNED): Stage.ANSWERED,
    (Verb.ANSWER, Stage.ANSWERED): Stage.ANSWERED,
    (Verb.CLOSE, Stage.ANSWERED): Stage.CLOSED,
    (Verb.RATE, Stage.CLOSED): Stage.RATED,
    (Verb.REOPEN, Stage.ANSWERED): Stage.OWNED,
    (Verb.REOPEN, Stage.CLOSED): Stage.OWNED,
    (Verb.REOPEN, Stage.REFUSED): Stage.OWNED,
    (Verb.REFUSE, Stage.RECEIVED): Stage.REFUSED,
    (Verb.REFUSE, Stage.OWNED): Stage.REFUSED,
    **{(Verb.WITHDRAW, stage): Stage.WITHDRAWN for stage in _OPEN},
    **{(Verb.NOTE, stage): stage for stage in Stage},
    **{(Verb.ADD, stage): stage for stage in _OPEN},
    **{
        (verb, stage): stage
        for verb in (Verb.SEND_BACK, Verb.KEEP, Verb.RECLASSIFY, Verb.SET_TASK, Verb.END_TASK)
        for stage in _OPEN
    },
    **{(Verb.MOVE_AREA, stage): stage for stage in _OPEN},
    **{(Verb.HAND_OVER, stage): stage for stage in _OPEN},
    **{(Verb.TAKE_BACK, stage): stage for stage in _OPEN},
    **{(Verb.MERGE, stage): Stage.MERGED for stage in _OPEN},
    **{(Verb.JOIN, stage): stage for stage in _OPEN},
    **{(Verb.SPLIT, stage): stage for stage in _OPEN},
    (Verb.ADD, Stage.MERGED): Stage.MERGED,
    (Verb.RATE, Stage.MERGED): Stage.RATED,
    (Verb.WITHDRAW, Stage.MERGED): Stage.WITHDRAWN,
}
"""Undoing a merge is not among them: it leads to wherever the matter stood before."""

ENDED = frozenset({Stage.CLOSED, Stage.RATED, Stage.WITHDRAWN, Stage.REFUSED, Stage.MERGED})
SATISFIED_FROM = 3


def move(stage: Stage, verb: Verb) -> Stage:
    """The stage after a step. Raises WrongStage when the lifecycle has no such step."""
    try:
        return MOVES[verb, stage]
    except KeyError:
        raise WrongStage(stage, verb) from None


def possible(stage: Stage) -> frozenset[Verb]:
    """The verbs that the lifecycle allows now."""
    return frozenset(verb for verb, at in MOVES if at is stage)


def verb_after_rating(stars: int) -> Verb:
    """A satisfied resident ends the loop; an unsatisfied one sends the matter round again."""
    if not 1 <= stars <= 5:
        raise ValueError("stars must be 1..5")
    return Verb.RATE if stars >= SATISFIED_FROM else Verb.REOPEN
