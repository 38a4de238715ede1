"""What the bigger components show, as plain data. Queries of the modules fill these in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import Promise

FOLDED_LINES = 14
FOLDED_WIDTH = 1200
"""Words of more lines than this, or of more half-width signs (Chinese are two), are folded."""
LATIN = "\u02ff"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """One departure on the board. ``due_at`` is None once the matter is closed."""

    code: str
    title: str
    url: str
    stage: str
    due_at: datetime | None = None
    place: str = ""
    owner: str = ""
    line: str = "loop"
    mine: bool = False
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """One picture: address of the full one, of the small one, and what it shows."""

    url: str
    small_url: str
    alt: str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSeen:
    """One entry of a matter's timeline. ``internal`` ones are never shown to residents."""

    title: str | Promise
    at: datetime
    by: str = ""
    words: str = ""
    internal: bool = False
    answer: bool = False
    photos: Sequence[Photo] = field(default=())

    @property
    def long(self) -> bool:
        """Whether the words would push what follows off the screen of a phone."""
        if self.words.count("\n") > FOLDED_LINES or len(self.words) > FOLDED_WIDTH:
            return True
        return 2 * len(self.words) > FOLDED_WIDTH and self._width() > FOLDED_WIDTH

    def _width(self) -> int:
        return sum(2 if sign > LATIN else 1 for sign in self.words)


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a select: what is sent, and what is read."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Finder:
    """The search in an area picker: what was typed, and the places that it found."""

    words: str = ""
    found: Sequence[Choice] = ()
