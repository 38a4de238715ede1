"""How much time is allowed: limits, the terms a kind of matter runs under, and their versions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

DEFAULT = "ordinary"
"""The terms of whatever a policy does not name."""

HOUR = timedelta(hours=1)
LIMIT = re.compile(r"([1-9][0-9]{0,3}) (working )?(hours|days)")
MOST_PAUSES = 20


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


DECIDED = Limit(HOUR * 7, working=True)
"""In which time a return is decided, by policies from before returns."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Terms by name, as one version of the county's promises.

    ``returns`` is the time in which it is decided whether a matter goes to another post,
    ``day_hours`` how many hours a working day has where limits are written in days.
    """

    version: str
    terms: Mapping[str, Terms] = field(default_factory=dict)
    returns: Limit = DECIDED
    day_hours: int = 7

    def __post_init__(self) -> None:
        if DEFAULT not in self.terms:
            raise ValueError(f"a policy has terms for whatever it does not name: {DEFAULT}")

    def named(self, name: str) -> tuple[str, Terms]:
        """The terms of this name, or the ordinary ones; with the name they are kept under."""
        known = name if name in self.terms else DEFAULT
        return known, self.terms[known]


def same_promise(policy: Policy, one: str, other: str) -> bool:
    """Whether terms of these two names allow the same time for everything that is owed."""
    mine, others = policy.named(one)[1], policy.named(other)[1]
    return all(mine.limit(target) == others.limit(target) for target in Target)


class UnreadablePolicy(ValueError):
    """What is written does not make a policy; the message says where."""


def read_policy(written: Mapping[str, Any]) -> Policy:
    """A policy from what stands in its file (loop/data/policy.toml). Raises UnreadablePolicy."""
    try:
        hours = int(written["working_day_hours"])
        if not 1 <= hours <= 24:
            raise ValueError("a working day has 1 to 24 hours")
        terms = {str(name): _terms(each, hours) for name, each in written["terms"].items()}
        returns = read_limit(written["returns"], hours) if "returns" in written else DECIDED
        return Policy(str(written["version"]), terms, returns, hours)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise UnreadablePolicy(str(problem)) from problem


def _terms(written: Mapping[str, Any], hours: int) -> Terms:
    parts = ("dispatch", "response", "resolution", "pause")
    limits = {part: read_limit(written[part], hours) for part in parts}
    pauses = int(written["pauses"])
    if not 0 <= pauses <= MOST_PAUSES:
        raise ValueError(f"a round has 0 to {MOST_PAUSES} pauses")
    return Terms(**limits, pauses=pauses)


def read_limit(text: str, working_day_hours: int) -> Limit:
    """``24 hours`` of the clock, ``7 working hours`` or ``3 working days``. Raises ValueError."""
    match = LIMIT.fullmatch(text)
    if match is None:
        raise ValueError(f"not a limit: {text!r}")
    count, working, unit = int(match[1]), bool(match[2]), match[3]
    if unit == "days" and not working:
        raise ValueError(f"days are working days: {text!r}")
    return Limit(HOUR * count * (working_day_hours if unit == "days" else 1), working)
