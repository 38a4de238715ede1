"""How much time is allowed: limits, the terms a kind of matter runs under, and their versions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum


class Target(StrEnum):
    """What is owed to the resident."""

    DISPATCH = "dispatch"
    RESPONSE = "response"
    RESOLUTION = "resolution"


@dataclass(frozen=True, slots=True)
class Limit:
    """An amount of time: working time of the county's calendar, or hours of the clock."""

    amount: timedelta
    working: bool

    def __post_init__(self) -> None:
        if self.amount <= timedelta():
            raise ValueError("a limit allows some time")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is promised for one kind of matter.

    ``pause`` is the longest wait for the resident, ``pauses`` how many waits a round may have.
    """

    dispatch: Limit
    response: Limit
    resolution: Limit
    pause: Limit
    pauses: int = 2

    def limit(self, target: Target) -> Limit:
        """How much time there is for this."""
        return {
            Target.DISPATCH: self.dispatch,
            Target.RESPONSE: self.response,
            Target.RESOLUTION: self.resolution,
        }[target]


@dataclass(frozen=True, slots=True)
class Policy:
    """Terms by name, as one version of the county's promises. '' are the terms of the rest."""

    version: str
    terms: Mapping[str, Terms] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if "" not in self.terms:
            raise ValueError("a policy has terms for whatever it does not name")

    def named(self, name: str) -> tuple[str, Terms]:
        """The terms of this name, or those of the rest; with the name they are kept under."""
        return (name, self.terms[name]) if name in self.terms else ("", self.terms[""])
