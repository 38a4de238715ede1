"""What is handed over to the emergency number 110 and the citizens' line 12345, and back.

A matter that is handed over keeps its thread, its owner and its clock: the other line acts, and we
go on answering for it until it is done or taken back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from zhitong.loop.domain.lifecycle import Verb


class Partner(StrEnum):
    """The other lines that people call."""

    POLICE = "110"
    CITIZENS = "12345"


class Way(StrEnum):
    """From us, or to us."""

    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Item:
    """One type of matter on the list agreed with a partner, for a place and from day to day.

    ``path`` is a reach path, '' = everywhere; both days are included.
    """

    code: str
    partner: Partner
    way: Way
    path: str
    starts_on: date
    ends_on: date | None = None

    def holds(self, *, path: str, on: date) -> bool:
        """Whether it is agreed for this place on this day."""
        lasts = self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)
        return lasts and path.startswith(self.path)


def agreed(items: Iterable[Item], *, way: Way, path: str, on: date) -> list[Item]:
    """What can be handed this way for a matter at this place."""
    return [item for item in items if item.way is way and item.holds(path=path, on=on)]


@dataclass(frozen=True, slots=True)
class Handed:
    """Where a matter was handed over to, and when."""

    to: str
    at: datetime


def out_with(told: Iterable[tuple[str, datetime, Mapping[str, Any]]]) -> Handed | None:
    """Who has the matter now besides us: from (verb, at, data) of every step, oldest first."""
    handed: Handed | None = None
    for verb, at, data in told:
        if verb == Verb.HAND_OVER:
            handed = Handed(str(data.get("to", "")), at)
        elif verb == Verb.TAKE_BACK:
            handed = None
    return handed
