"""One rule per model: what kind of memory it is, how long it lasts, what happens then.

Rows that are over are removed, unless the rule says what they leave behind: then they are
emptied, and so is everything that belongs to them. What a rule does not name goes, so that a
field or a table that is added later is not forgotten here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

SWEEP = "retention.sweep"
NIGHT = "retention.night"
Expired = Callable[[datetime], QuerySet[Any]]
"""The rows that are over at a moment."""
Along = Callable[[Sequence[Any]], None]
"""What goes with rows of a model without hanging on them: files, mails, facts. Takes their keys."""


class Kind(StrEnum):
    """What kind of memory a table is."""

    PASSING = "passing"
    TRACE = "trace"
    SERVING = "serving"
    RECORD = "record"
    PROOF = "proof"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Leaves:
    """What stays of a row when it is emptied: enough to count by, nothing to know anybody by.

    ``kept`` fields stay as they are, ``drawn`` ones get a random value in their place (they are
    unique and led to the row), ``cut`` ones keep what their function leaves of them, ``stamp``
    gets the time. Every other field becomes empty. ``whole`` rows hold nothing but counts.
    """

    kept: frozenset[str] = frozenset()
    drawn: frozenset[str] = frozenset()
    cut: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    stamp: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """How long one model's rows are kept.

    ``lasts`` and ``then`` are plain sentences for docs/privacy.md. ``expired`` finds the rows
    that are over, None where only a person removes them or they go with another row; ``timer``
    ends them. ``since`` is the field that says how old a row is. ``leaves`` is given where rows
    are emptied instead of removed.
    """

    model: str
    kind: Kind
    lasts: str
    then: str
    expired: Expired | None = None
    timer: str = ""
    since: str = ""
    leaves: Leaves | None = None

    @property
    def empties(self) -> bool:
        """Whether its rows are whole records, which are emptied one by one, on the record."""
        return self.expired is not None and self.timer == NIGHT


RETENTION: dict[str, Rule] = {}
ALONG: dict[str, list[Along]] = {}


def keep(
    model: str,
    kind: Kind,
    *,
    lasts: str,
    then: str,
    expired: Expired | None = None,
    by: str = "",
    since: str = "",
    leaves: Leaves | None = None,
) -> None:
    """Declare once how long the rows of ``model`` (app label and name) are kept.

    With ``expired`` the hourly sweep removes them, unless ``by`` names a timer that does it
    already; NIGHT ends records. Raises ValueError for a second rule about the same model.
    """
    if model in RETENTION:
        raise ValueError(f"there is a rule about {model} already")
    timer = by or (SWEEP if expired else "")
    if isinstance(expired, OlderThan):
        since = since or expired.since
    RETENTION[model] = Rule(model, kind, lasts, then, expired, timer, since, leaves)


def goes_along(model: str) -> Callable[[Along], Along]:
    """Register what else goes when rows of ``model`` are ended, in the same transaction.

    It runs before the rows are touched, so that it can still read them.
    """

    def register(along: Along) -> Along:
        ALONG.setdefault(model, []).append(along)
        return along

    return register


@dataclass(frozen=True, slots=True)
class OlderThan:
    """Rows whose field ``since`` lies more than ``age`` back."""

    model: str
    since: str
    age: timedelta

    def __call__(self, at: datetime) -> QuerySet[Any]:
        return every_row(self.model).filter(**{f"{self.since}__lt": at - self.age})


def older_than(model: str, field: str, age: timedelta) -> Expired:
    """Rows whose ``field`` lies more than ``age`` back."""
    return OlderThan(model, field, age)


def every_row(model: str) -> QuerySet[Any]:
    """All rows of a model, past its guard: what is over is over wherever it lies."""
    found = apps.get_model(model)
    manager = getattr(found, "unguarded", found._default_manager)
    rows: QuerySet[Any] = manager.all()
    return rows
