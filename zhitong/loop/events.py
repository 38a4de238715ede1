"""What the loop announces. Other modules may rely on these names and fields."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class MatterReceived:
    """A resident's word has come in and has an owner and a due time."""

    AGGREGATE: ClassVar[str] = "matter"
    matter: str
    channel: str
    external_id: str


@dataclass(frozen=True, slots=True)
class MatterOwned:
    """Someone has taken the matter in hand."""

    AGGREGATE: ClassVar[str] = "matter"
    matter: str
    post: str


@dataclass(frozen=True, slots=True)
class MatterMoved:
    """The matter was about another place; ``area`` and ``before`` are codes of areas."""

    AGGREGATE: ClassVar[str] = "matter"
    matter: str
    area: str
    before: str


@dataclass(frozen=True, slots=True)
class MatterAsked:
    """The resident was asked something; ``step`` is the timeline entry that holds the question."""

    AGGREGATE: ClassVar[str] = "matter"
    matter: str
    step: str


@dataclass(frozen=True, slots=True)
class MatterHandedOver:
    """Another line acts on the matter now: ``to`` is 110 or 12345, ``item`` the agreed type."""

    AGGREGATE: ClassVar[str] = "matter"
    matter: str
    to: str
    item: str


@dataclass(frozen=True, slots=True)
class MatterTakenBack:
    """The matter is ours alone again, after it was with ``of``."""

    AGGREGATE: ClassVar[str] = "matter"
    matter: str
    of: str


@dataclass(frozen=True, slots=True)
class MatterAnswered:
    """The resident has an answer; ``step`` is the timeline entry that holds its words."""

    AGGREGATE: ClassVar[str] = "matter"
    matter: str
    step: str
    channel: str
    external_id: str


@dataclass(frozen=True, slots=True)
class MatterClosed:
    """The owner has named the outcome; the resident is asked for a verdict."""

    AGGREGATE: ClassVar[str] = "matter"
    matter: str
    outcome: str


@dataclass(frozen=True, slots=True)
class MatterRated:
    """The resident has given a verdict, 1 to 5, and is satisfied."""

    AGGREGATE: ClassVar[str] = "matter"
    matter: str
    stars: int


@dataclass(frozen=True, slots=True)
class MatterReopened:
    """The resident was not satisfied, or did not agree: the matter goes round again."""

    AGGREGATE: ClassVar[str] = "matter"
    matter: str
    round: int


@dataclass(frozen=True, slots=True)
class MatterEscalated:
    """Something owed is late, and ``post`` was told; ``rung`` is how far (domain.ladder.Rung)."""

    AGGREGATE: ClassVar[str] = "matter"
    matter: str
    target: str
    rung: int
    post: str


@dataclass(frozen=True, slots=True)
class MatterWithdrawn:
    """The resident has taken the matter back."""

    AGGREGATE: ClassVar[str] = "matter"
    matter: str


@dataclass(frozen=True, slots=True)
class MatterEmptied:
    """Its time was over, or its resident asked: words, names and pictures are gone for good."""

    AGGREGATE: ClassVar[str] = "matter"
    matter: str


@dataclass(frozen=True, slots=True)
class MatterRefused:
    """The owner has refused the matter and told the resident why."""

    AGGREGATE: ClassVar[str] = "matter"
    matter: str


@dataclass(frozen=True, slots=True)
class MatterReturned:
    """The owner's post ``of`` asks to send the matter back, and says that it belongs to ``to``."""

    AGGREGATE: ClassVar[str] = "matter"
    matter: str
    asked: str
    of: str
    to: str


@dataclass(frozen=True, slots=True)
class ReturnDecided:
    """It was decided about a return; ``post`` owns the matter from then on."""

    AGGREGATE: ClassVar[str] = "matter"
    matter: str
    asked: str
    accepted: bool
    post: str


@dataclass(frozen=True, slots=True)
class ReturnEscalated:
    """Nobody has decided about a return in time, and ``post`` was told."""

    AGGREGATE: ClassVar[str] = "matter"
    matter: str
    asked: str
    post: str


@dataclass(frozen=True, slots=True)
class MatterReclassified:
    """The category was corrected; ``told``: other times are promised, so the resident hears it."""

    AGGREGATE: ClassVar[str] = "matter"
    matter: str
    category: str
    before: str
    told: bool


@dataclass(frozen=True, slots=True)
class TaskSet:
    """The lead asks ``post`` for a piece of work."""

    AGGREGATE: ClassVar[str] = "matter"
    matter: str
    task: str
    post: str


@dataclass(frozen=True, slots=True)
class TaskEnded:
    """A piece of work was done, declined or cancelled: ``state``."""

    AGGREGATE: ClassVar[str] = "matter"
    matter: str
    task: str
    state: str


@dataclass(frozen=True, slots=True)
class MatterMerged:
    """The matter is dealt with together with ``main``, an earlier one about the same thing."""

    AGGREGATE: ClassVar[str] = "matter"
    matter: str
    main: str


@dataclass(frozen=True, slots=True)
class MatterUnmerged:
    """The matter goes its own way again, as if it had never been merged into ``main``."""

    AGGREGATE: ClassVar[str] = "matter"
    matter: str
    main: str


@dataclass(frozen=True, slots=True)
class MatterSplit:
    """The message was about several things: ``parts`` more matters were made of it."""

    AGGREGATE: ClassVar[str] = "matter"
    matter: str
    parts: int


@dataclass(frozen=True, slots=True)
class MergedAdded:
    """The resident of a merged matter has said something more, for who deals with ``main``."""

    AGGREGATE: ClassVar[str] = "main"
    main: str
    matter: str
    step: str
