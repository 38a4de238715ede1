"""The rules of the loop, in plain Python: the lifecycle, and when something is due."""

from zhitong.loop.domain.lifecycle import (
    ENDED,
    SATISFIED_FROM,
    Channel,
    Outcome,
    Stage,
    Verb,
    WrongStage,
    move,
    possible,
    verb_after_rating,
)

__all__ = [
    "ENDED",
    "SATISFIED_FROM",
    "Channel",
    "Outcome",
    "Stage",
    "Verb",
    "WrongStage",
    "move",
    "possible",
    "verb_after_rating",
]
