"""What the desk announces. Channels and other modules may rely on these names and fields."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class NotePublished:
    """A version of a note is out; the first one, or a correction of what was out."""

    AGGREGATE: ClassVar[str] = "note"
    note: str
    number: int


@dataclass(frozen=True, slots=True)
class NoteWithdrawn:
    """What was out is no more; whoever comes for it is told so."""

    AGGREGATE: ClassVar[str] = "note"
    note: str
