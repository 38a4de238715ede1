"""The monthly report in plain Python: numbers as of an instant, written so that they can be signed.

A report is a table of cells: month in which matters came in, township, category, and how they
count (``Tally``). Everything it shows is a sum of cells. The same cells make the same text, byte
for byte, and the signature is a digest of that text.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Self

from zhitong.loop.domain.rates import COUNTS, Tally, total

FORM = 1
MONTHS = 12
"""How many months a report reaches back for its lines of development."""


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """What one line of the table is about; ``month`` is written as 2026-10."""

    month: str
    town: str
    category: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a report, and what they depend on: whose, which month, as of when."""

    path: str
    month: str
    as_of: str
    cells: Mapping[Cell, Tally]

    def written(self) -> str:
        """The numbers as text, always the same for the same numbers."""
        lines = [
            [cell.month, cell.town, cell.category, *(getattr(tally, name) for name in COUNTS)]
            for cell, tally in sorted(self.cells.items())
            if tally != Tally()
        ]
        told = {
            "form": FORM,
            "path": self.path,
            "month": self.month,
            "as_of": self.as_of,
            "counts": list(COUNTS),
            "cells": lines,
        }
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)

    @classmethod
    def read(cls, text: str) -> Self:
        """The numbers from their text."""
        told: dict[str, Any] = json.loads(text)
        names = told["counts"]
        cells = {
            Cell(month, town, category): Tally(**dict(zip(names, counts, strict=True)))
            for month, town, category, *counts in told["cells"]
        }
        return cls(told["path"], told["month"], told["as_of"], cells)

    def by(self, key: Callable[[Cell], str]) -> dict[str, Tally]:
        """The sums of the report's month by what ``key`` says of a cell."""
        found: dict[str, Tally] = {}
        for cell, tally in self.cells.items():
            if cell.month == self.month:
                found[key(cell)] = found.get(key(cell), Tally()) + tally
        return found

    def course(self, months: Iterable[str]) -> list[Tally]:
        """The sums of everything, month by month."""
        return [
            total(tally for cell, tally in self.cells.items() if cell.month == month)
            for month in months
        ]

    def months(self) -> list[str]:
        """The report's month and the eleven before it, oldest first."""
        year, month = map(int, self.month.split("-"))
        places = [year * 12 + month - 1 - back for back in reversed(range(MONTHS))]
        return [f"{place // 12:04}-{place % 12 + 1:02}" for place in places]


def signature(written: str) -> str:
    """The digest at the foot of a report: SHA-256 over its numbers as text, in UTF-8."""
    return sha256(written.encode()).hexdigest()


def added(cells: Mapping[Cell, Tally], more: Sequence[tuple[Cell, Tally]]) -> dict[Cell, Tally]:
    """The cells with more matters in them."""
    found = dict(cells)
    for cell, tally in more:
        found[cell] = found.get(cell, Tally()) + tally
    return found
