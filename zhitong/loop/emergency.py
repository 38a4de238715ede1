"""The county's list of words of danger, and whom to call."""

from dataclasses import dataclass
from functools import cache

from django.utils import timezone
from django.utils.functional import Promise

from zhitong.kernel.clock import now
from zhitong.loop.domain.emergency import Call, numbers_for
from zhitong.loop.tables import in_both, table

FIRST = "110"


@dataclass(frozen=True, slots=True)
class Answering:
    """A number to call, and who answers."""

    number: str
    who: Promise


def in_danger(words: str) -> list[str]:
    """The numbers that what was typed points to today; [] when it speaks of no danger."""
    calls, _who = _list()
    return numbers_for(words, calls, on=timezone.localdate(now()))


def to_call(words: str) -> list[Answering]:
    """Whom to call before anything else, 110 first; [] when nothing speaks of danger."""
    _calls, who = _list()
    found = in_danger(words)
    return [Answering(number, who[number]) for number in dict.fromkeys([FIRST, *found]) if found]


@cache
def _list() -> tuple[tuple[Call, ...], dict[str, Promise]]:
    entries = table("emergency")["call"]
    calls = tuple(
        Call(
            number=one["number"],
            words=tuple(one["words"]),
            unless=tuple(one["unless"]),
            starts_on=one["starts_on"],
            ends_on=one.get("ends_on"),
        )
        for one in entries
    )
    return calls, {one["number"]: in_both(one["zh"], one["en"]) for one in entries}
