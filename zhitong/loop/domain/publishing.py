"""From a resident's words to words for everybody: what may stand in them, and who must agree.

The words of a matter are never public. A summary is drafted by one person, reviewed by another,
and may be withdrawn; only a reviewed one yields a ``PublicText``, the only kind of text that a
public door takes.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from zhitong.kernel.text.personal import Finding, find


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
