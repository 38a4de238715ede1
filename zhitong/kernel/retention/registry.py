"""One rule per model: what kind of memory it is, how long it lasts, what happens then."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

SWEEP = "retention.sweep"
Expired = Callable[[datetime], QuerySet[Any]]
"""The rows that are over at a moment."""


class Kind(StrEnum):
    """What kind of memory a table is."""

    PASSING = "passing"
    TRACE = "trace"
    SERVING = "serving"
    RECORD = "record"
    PROOF = "proof"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Rule:
    """How long one model's rows are kept.

    ``lasts`` and ``then`` are plain sentences for docs/privacy.md. ``expired`` finds the rows
    that a timer may remove, None where only a person removes them; ``timer`` is that timer.
    """

    model: str
    kind: Kind
    lasts: str
    then: str
    expired: Expired | None = None
    timer: str = ""


RETENTION: dict[str, Rule] = {}


def keep(
    model: str, kind: Kind, *, lasts: str, then: str, expired: Expired | None = None, by: str = ""
) -> None:
    """Declare once how long the rows of ``model`` (app label and name) are kept.

    With ``expired`` the sweep removes them, unless ``by`` names a timer that does it already.
    Raises ValueError for a second rule about the same model.
    """
    if model in RETENTION:
        raise ValueError(f"there is a rule about {model} already")
    timer = by or (SWEEP if expired else "")
    RETENTION[model] = Rule(model, kind, lasts, then, expired, timer)


def older_than(model: str, field: str, age: timedelta) -> Expired:
    """Rows whose ``field`` lies more than ``age`` back."""

    def rows(at: datetime) -> QuerySet[Any]:
        return every_row(model).filter(**{f"{field}__lt": at - age})

    return rows


def every_row(model: str) -> QuerySet[Any]:
    """All rows of a model, past its guard: what is over is over wherever it lies."""
    found = apps.get_model(model)
    manager = getattr(found, "unguarded", found._default_manager)
    rows: QuerySet[Any] = manager.all()
    return rows
