"""What is announced about requests. Whoever keeps the thing may tell whom it is about."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class DataAsked:
    """Somebody has asked for something about their data; ``state`` is where it begins."""

    AGGREGATE: ClassVar[str] = "request"
    request: str
    target: str
    kind: str
    state: str


@dataclass(frozen=True, slots=True)
class DataAnswered:
    """A request was decided: granted, done or refused."""

    AGGREGATE: ClassVar[str] = "request"
    request: str
    target: str
    kind: str
    state: str
