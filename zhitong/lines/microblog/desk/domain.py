"""How a note gets from a thought to the public, as a table.

Whoever wrote a version never approves it. A hold wins over everything that has not gone out yet,
and what has gone out is corrected by a further version or withdrawn; it is never changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Stage(StrEnum):
    """Where a note stands."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    CHANGES = "changes"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    HELD = "held"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Verb(StrEnum):
    """What can happen to a note."""

    WRITE = "write"
    SUBMIT = "submit"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    SCHEDULE = "schedule"
    HOLD = "hold"
    RESUME = "resume"
    PUBLISH = "publish"
    CONFIRM = "confirm"
    WITHDRAW = "withdraw"


class WrongStage(ValueError):
    """The table has no such step from here."""

    def __init__(self, stage: Stage, verb: Verb) -> None:
        super().__init__(f"{verb} is not possible when {stage}")
        self.stage = stage
        self.verb = verb


BEFORE_OUT = (Stage.IN_REVIEW, Stage.APPROVED, Stage.SCHEDULED)

MOVES: dict[tuple[Verb, Stage], Stage] = {
    **{(Verb.WRITE, stage): Stage.DRAFT for stage in Stage if stage is not Stage.WITHDRAWN},
    (Verb.SUBMIT, Stage.DRAFT): Stage.IN_REVIEW,
    (Verb.SUBMIT, Stage.CHANGES): Stage.IN_REVIEW,
    (Verb.APPROVE, Stage.IN_REVIEW): Stage.APPROVED,
    (Verb.SEND_BACK, Stage.IN_REVIEW): Stage.CHANGES,
    (Verb.SEND_BACK, Stage.APPROVED): Stage.CHANGES,
    (Verb.SCHEDULE, Stage.APPROVED): Stage.SCHEDULED,
    (Verb.SCHEDULE, Stage.SCHEDULED): Stage.SCHEDULED,
    **{(Verb.HOLD, stage): Stage.HELD for stage in BEFORE_OUT},
    (Verb.RESUME, Stage.HELD): Stage.IN_REVIEW,
    (Verb.PUBLISH, Stage.SCHEDULED): Stage.PUBLISHED,
    (Verb.CONFIRM, Stage.PUBLISHED): Stage.PUBLISHED,
    **{(Verb.WITHDRAW, stage): Stage.WITHDRAWN for stage in Stage if stage is not Stage.WITHDRAWN},
}


def move(stage: Stage, verb: Verb) -> Stage:
    """The stage after a step. Raises WrongStage."""
    try:
        return MOVES[verb, stage]
    except KeyError:
        raise WrongStage(stage, verb) from None


def possible(stage: Stage) -> frozenset[Verb]:
    """The steps that the table has from here."""
    return frozenset(verb for verb, at in MOVES if at is stage)


LOOK_AGAIN = timedelta(hours=24)
"""How soon another person looks at what went out urgently."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """One thing the desk writes about; see data/categories.toml."""

    code: str
    zh: str
    en: str
    eyes: int
    urgent: bool
    lasts: timedelta | None

    def __post_init__(self) -> None:
        if self.eyes < 1:
            raise ValueError("nothing goes out that nobody else has seen")


def approved(category: Category, approvers: Iterable[str], authors: Iterable[str]) -> bool:
    """Whether enough people have approved a version, none of whom wrote it."""
    return len(set(approvers) - set(authors)) >= category.eyes
