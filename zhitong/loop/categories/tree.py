"""The tree of categories: groups, categories in them, and finer kinds of these."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

from zhitong.loop.tables import in_both

CODE = re.compile(r"[a-z]+(?:-[a-z]+)*")
LONGEST_CODE = 32
LINES = frozenset({"livelihood", "microblog", "station"})


class Urgency(StrEnum):
    """How soon somebody has to look at it; the terms of the clock have the same names."""

    URGENT = "urgent"
    PROMPT = "prompt"
    ORDINARY = "ordinary"


@dataclass(frozen=True, slots=True)
class Group:
    """A heading under which categories are found; no matter is kept under it."""

    code: str
    label: Promise


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of matter.

    ``line`` is the bus it rides on, ``parent`` the group or category that it is a finer kind of,
    ``terms`` the name of the limits it runs under. ``evidence`` is what to bring, and ``keywords``
    are everyday words that point here. Nothing of a category that is not ``public`` is published.
    """

    code: str
    parent: str
    line: str
    label: Promise
    public: bool
    urgency: Urgency
    terms: str
    evidence: tuple[Promise, ...]
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """Groups and categories by code, in the order in which people read them."""

    groups: Mapping[str, Group]
    categories: Mapping[str, Category]

    def chain(self, code: str) -> tuple[str, ...]:
        """The codes from the group down to this node; empty for one that is not known."""
        found: list[str] = []
        while code in self.categories:
            found.append(code)
            code = self.categories[code].parent
        return (code, *reversed(found)) if code in self.groups else ()

    def below(self, group: str) -> list[Category]:
        """The categories of a group, also the finer ones, in order."""
        return [one for one in self.categories.values() if self.chain(one.code)[0] == group]


def planted(data: Mapping[str, Sequence[Mapping[str, Any]]]) -> Tree:
    """The tree that the data describes. Raises ValueError, naming the entry that makes no sense."""
    groups = {
        one["code"]: Group(one["code"], in_both(one["zh"], one["en"])) for one in data["group"]
    }
    categories: dict[str, Category] = {}
    for entry in data["category"]:
        one = _category(entry)
        if one.parent not in groups and one.parent not in categories:
            raise ValueError(f"{one.code}: its parent comes later or nowhere: {one.parent}")
        if one.code in categories:
            raise ValueError(f"{one.code}: there are two")
        categories[one.code] = one
    for code in (*groups, *categories):
        if not CODE.fullmatch(code) or len(code) > LONGEST_CODE:
            raise ValueError(f"{code}: small letters and dashes, {LONGEST_CODE} at most")
    if both := groups.keys() & categories.keys():
        raise ValueError(f"both a group and a category: {sorted(both)}")
    return Tree(groups, categories)


def _category(entry: Mapping[str, Any]) -> Category:
    if entry["line"] not in LINES:
        raise ValueError(f"{entry['code']}: there is no line {entry['line']}")
    urgency = Urgency(entry["urgency"])
    return Category(
        code=entry["code"],
        parent=entry["parent"],
        line=entry["line"],
        label=in_both(entry["zh"], entry["en"]),
        public=entry.get("public", False) is True,
        urgency=urgency,
        terms=Urgency(entry.get("terms", urgency)).value,
        evidence=tuple(in_both(zh, en) for zh, en in entry.get("bring", ())),
        keywords=tuple(entry.get("keywords", ())),
    )
