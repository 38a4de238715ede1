"""From a resident's words to words for everybody: what may stand in them, and who must agree.

The words of a matter are never public. A summary is drafted by one person, reviewed by another,
and may be withdrawn; only a reviewed one yields a ``PublicText``, the only kind of text that a
public door takes.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from zhitong.kernel.text.personal import Finding, find
from zhitong.loop.domain.lifecycle import ENDED, Stage


class SummaryState(StrEnum):
    """How far a summary is."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    WITHDRAWN = "withdrawn"


class Seen(StrEnum):
    """What somebody decided about a picture after looking at it."""

    SHOWN = "shown"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class PublicText:
    """Words, and pictures, that a second person has released. A reviewed summary makes them;
    an architecture test holds that nothing else does."""

    matter: UUID
    words: str
    pictures: tuple[UUID, ...]
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a matter stands, as far as everybody may know: the verdict stays inside."""

    stage: Stage
    open: bool
    answered: bool


def standing(stage: Stage) -> Standing | None:
    """What everybody may know of a matter at this stage; None when nothing: it was taken back.

    A merged one is being dealt with, and nobody else's business is with which.
    """
    if stage is Stage.WITHDRAWN:
        return None
    if stage is Stage.MERGED:
        return Standing(Stage.OWNED, open=True, answered=False)
    shown = Stage.CLOSED if stage is Stage.RATED else stage
    return Standing(shown, stage not in ENDED, shown in {Stage.ANSWERED, Stage.CLOSED})


def to_the_hour(at: datetime) -> datetime:
    """When something was said, rounded down: who stood at the kiosk at that minute stays unsaid."""
    return at.replace(minute=0, second=0, microsecond=0)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text; ``finding`` when something personal was found there."""

    text: str
    finding: Finding | None = None

    @property
    def key(self) -> str:
        """What a person ticks to keep this: its class and its very words."""
        return f"{self.finding.kind}:{self.text}" if self.finding else ""


def parts(text: str) -> list[Part]:
    """The text in pieces, in order: what is personal, and what lies between."""
    pieces, at = [], 0
    for finding in find(text):
        pieces += [Part(text[at : finding.start]), Part(text[finding.start : finding.end], finding)]
        at = finding.end
    return [piece for piece in [*pieces, Part(text[at:])] if piece.text]


def personal(text: str, kept: Collection[str] = ()) -> list[Part]:
    """What is still personal in the text, but for what somebody chose to keep."""
    return [part for part in parts(text) if part.finding and part.key not in kept]


def kept_of(text: str, kept: Collection[str]) -> list[str]:
    """Those of the keys that the text still has use for, each once, in order."""
    return list(dict.fromkeys(part.key for part in parts(text) if part.key and part.key in kept))


def unseen(pictures: Collection[UUID], seen: Mapping[UUID, Seen]) -> list[UUID]:
    """The pictures about which nobody has decided."""
    return [picture for picture in pictures if picture not in seen]
