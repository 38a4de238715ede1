"""One thing that was looked at."""

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """How bad it is."""

    OK = "ok"
    LOOK = "look"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, what was found, and, unless all is well, what to do."""

    name: str
    grade: Grade
    says: str
    todo: str = ""


def ok(name: str, says: str) -> Finding:
    """All is well."""
    return Finding(name, Grade.OK, says)


def look(name: str, says: str, todo: str) -> Finding:
    """Worth a look, but nothing is broken."""
    return Finding(name, Grade.LOOK, says, todo)


def bad(name: str, says: str, todo: str) -> Finding:
    """Something is wrong."""
    return Finding(name, Grade.BAD, says, todo)
