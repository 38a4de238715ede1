"""The hand-written texts and how their gaps are filled.

``[a|b|c]`` is a choice, ``{word}`` a gap. The same matter keeps its words: a mother stays the
same mother in the answer. See ``data/*.toml``.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

TOPICS = (
    "household", "residence", "traffic", "fraud", "safety",
    "neighbourhood", "disputes", "livelihood", "weather", "voice", "refused",
)  # fmt: skip
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_GAP = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True, slots=True)
class Topic:
    """One kind of matter with everything that people write about it.

    Where texts are ``paired``, the second body goes with the second answer and the second word
    of praise; records and comments go with ``record_pair``
    and ``comment_pair``. ``again_after`` names the only answer after which
    the resident's objection makes sense, -1 for any.
    """

    id: str
    category: str
    weight: int
    bodies: tuple[str, ...]
    records: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()
    withdraw: tuple[str, ...] = ()
    praise: tuple[str, ...] = ()
    grumble: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    finals: tuple[str, ...] = ()
    outcome: str = "explained"
    hours: str = "day"
    where: str = "any"
    months: frozenset[int] = frozenset(range(1, 13))
    photo: str = ""
    urgent: bool = False
    paired: bool = False
    record_pair: int = 0
    comment_pair: int = 0
    again_after: int = -1


@dataclass(frozen=True, slots=True)
class Words:
    """The words that fill gaps, and the short texts that any matter may need."""

    everywhere: dict[str, list[str]]
    village: dict[str, list[str]]
    community: dict[str, list[str]]
    shared: dict[str, list[str]]


def data(name: str) -> dict[str, Any]:
    """One file of texts."""
    text = (files("zhitong.config.demo") / "data" / f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def topics() -> tuple[Topic, ...]:
    """All kinds of matters."""
    return tuple(_topic(entry) for name in TOPICS for entry in data(name)["matter"])


@cache
def words() -> Words:
    """The words for the gaps."""
    return Words(**data("slots"))


def _topic(entry: Mapping[str, Any]) -> Topic:
    lists = {key: tuple(value) for key, value in entry.items() if isinstance(value, list)}
    months = frozenset(entry.get("months", range(1, 13)))
    return Topic(**{**entry, **lists, "months": months})


def gaps(text: str) -> set[str]:
    """The names of the gaps in a text."""
    return set(_GAP.findall(text))


def filled(text: str, slots: Mapping[str, str], rng: Random) -> str:
    """The text with its choices made and its gaps filled. Raises KeyError for an unknown gap."""
    chosen = _CHOICE.sub(lambda match: rng.choice(match[1].split("|")), text)
    return _GAP.sub(lambda match: slots[match[1]], chosen)


@dataclass(slots=True)
class Pen:
    """Writes texts without repeating itself where that can be helped."""

    rng: Random
    written: set[str] = field(default_factory=set)
    uses: dict[str, int] = field(default_factory=dict)
    tries: int = 12

    def write(self, sources: Sequence[str], slots: Mapping[str, str]) -> str:
        """One of the texts, filled: the least used first, and not one that was written before."""
        return self.choose(sources, slots)[1]

    def choose(self, sources: Sequence[str], slots: Mapping[str, str]) -> tuple[int, str]:
        """The same, with the place of the chosen text among the sources."""
        source = text = ""
        for _attempt in range(self.tries):
            source = self._least_used(sources)
            text = filled(source, slots, self.rng)
            self.uses[source] = self.uses.get(source, 0) + 1
            if text not in self.written:
                break
        self.written.add(text)
        return sources.index(source), text

    def _least_used(self, sources: Sequence[str]) -> str:
        least = min(self.uses.get(source, 0) for source in sources)
        return self.rng.choice([one for one in sources if self.uses.get(one, 0) <= least])
