"""A matter's way round the loop, as stops on a line.

Pure data: the loop says which stops were reached when, this says how each one looks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: dict[str, str | Promise] = {
    "received": _("Received"),
    "owned": _("Owned"),
    "answered": _("Answered"),
    "closed": _("Closed"),
    "rated": _("Rated"),
    "reopened": _("Going round again"),
    "withdrawn": _("Withdrawn"),
    "refused": _("Not taken on"),
    "merged": _("Merged"),
}
WAY = ("received", "owned", "answered", "closed", "rated")
MEANINGS: dict[str, str | Promise] = {
    "received": _("Your words have arrived and are kept."),
    "owned": _("One officer is responsible."),
    "answered": _("You have an answer."),
    "closed": _("The work is done, with a stated outcome."),
    "rated": _("You had the last word."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One stop. ``state`` is reached, next, ahead, passed_by (skipped) or end (it stopped here)."""

    key: str
    label: str | Promise
    meaning: str | Promise = ""
    state: str = "ahead"
    at: datetime | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """All stops in order, and how many times the matter has gone round (1 = first time)."""

    stops: tuple[Stop, ...]
    rounds: int = 1

    @property
    def going(self) -> bool:
        """Whether a stop is still to come."""
        return any(stop.state == "next" for stop in self.stops)


def journey(
    *,
    reached: Mapping[str, datetime],
    due_at: datetime | None = None,
    rounds: int = 1,
    ended: str = "",
) -> Journey:
    """Draw the way of one matter.

    ``reached`` maps the stops of the present round to the time they were reached; ``due_at`` is
    the due time of the next stop; ``ended`` is ``withdrawn`` or ``refused`` for a matter that
    left the line before its end (its time is looked up in ``reached`` under the same name).
    """
    last = max((WAY.index(key) for key in WAY if key in reached), default=-1)
    stops: list[Stop] = []
    for place, key in enumerate(WAY):
        if ended and place > last:
            break
        state = _state(place, last, reached=key in reached)
        stops.append(
            Stop(
                key=key,
                label=LABELS[key],
                meaning=MEANINGS[key],
                state=state,
                at=reached.get(key),
                due_at=due_at if state == "next" else None,
            )
        )
    if ended:
        stops.append(Stop(key=ended, label=LABELS[ended], state="end", at=reached.get(ended)))
    return Journey(stops=tuple(stops), rounds=rounds)


def _state(place: int, last: int, *, reached: bool) -> str:
    if reached:
        return "reached"
    if place < last:
        return "passed_by"
    return "next" if place == last + 1 else "ahead"
