"""Leave, and who stands in: the rules, in plain Python.

Power comes from appointments (docs/decisions/0005), so a deputy gets real ones: for the posts of
who is away, in the same roles, for the days of the leave and no longer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

LONGEST = timedelta(days=183)
"""How long one leave lasts at most."""

AHEAD = timedelta(days=366)
"""How long before it begins somebody may record it."""

POWERFUL = ("identity.", "audit.", "keys.", "bus.", "clock.", "areas.import")
HARMLESS = frozenset({"identity.people", "identity.break_glass", "identity.record_absence"})


@dataclass(frozen=True, slots=True)
class Span:
    """Days, both included; an end of None is no end."""

    starts_on: date
    ends_on: date | None = None

    def shared(self, other: "Span") -> "Span | None":
        """The days that are in both, or None."""
        starts = max(self.starts_on, other.starts_on)
        ends = min((day for day in (self.ends_on, other.ends_on) if day), default=None)
        return Span(starts, ends) if ends is None or starts <= ends else None

    def covers(self, other: "Span") -> bool:
        """Whether every day of the other is in this one."""
        return self.shared(other) == other


def handable(permits: Iterable[str]) -> bool:
    """Whether a role can be stood in for without an administrator.

    It hands out no power and does not read the audit log. Who stands in must hold no other kind
    either: two powers that are kept apart do not meet in one person because somebody is away.
    """
    return not any(name.startswith(POWERFUL) for name in set(permits) - HARMLESS)


def possible(days: Span, *, today: date) -> bool:
    """Whether a leave may be recorded for these days: not in the past, not for ever."""
    if days.ends_on is None or days.ends_on < days.starts_on:
        return False
    return today <= days.starts_on <= today + AHEAD and days.ends_on - days.starts_on < LONGEST
