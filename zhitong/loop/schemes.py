"""How the rates are counted here: loop/data/rates.toml, read once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from zhitong.loop.domain.rates import Scheme


@dataclass(frozen=True, slots=True)
class Counting:
    """Everything that is set about the rates.

    ``top_marks`` for one post ``within`` a time are a burst. A month is published ``open_after``
    its end.
    """

    schemes: tuple[Scheme, ...]
    top_marks: int
    within: timedelta
    open_after: timedelta


@cache
def counting() -> Counting:
    """What comes with the software."""
    return read(tomllib.loads((files("zhitong.loop") / "data" / "rates.toml").read_text("utf-8")))


def read(told: Mapping[str, Any]) -> Counting:
    """The rules written as TOML. Raises ValueError or KeyError where they make no sense."""
    return Counting(
        schemes=tuple(_scheme(one) for one in told["scheme"]),
        top_marks=int(told["signs"]["top_marks"]),
        within=timedelta(minutes=told["signs"]["within_minutes"]),
        open_after=timedelta(days=told["open"]["after_days"]),
    )


def _scheme(told: Mapping[str, Any]) -> Scheme:
    return Scheme(
        version=str(told["version"]),
        since=told["since"],
        resolved=frozenset(told["resolved"]),
        unresolved=frozenset(told["unresolved"]),
        weights={int(stars): int(weight) for stars, weight in told["weights"].items()},
        every_round=bool(told["every_round"]),
        overdue_counts=bool(told["overdue_counts"]),
        first_verdict=bool(told["first_verdict"]),
        contact=timedelta(minutes=told["contact_minutes"]),
    )
