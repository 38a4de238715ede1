"""When a word may go out: not at night, not too far ahead.

Quiet hours are on the wall clock of the county and may go past midnight. What falls into them
waits for their end.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Quiet:
    """The hours in which nobody is woken, from ``begins`` to before ``ends``; none if equal."""

    begins: time
    ends: time
    zone: ZoneInfo

    def holds(self, at: datetime) -> bool:
        """Whether an instant lies within them."""
        clock = at.astimezone(self.zone).time()
        if self.begins <= self.ends:
            return self.begins <= clock < self.ends
        return clock >= self.begins or clock < self.ends

    def awake(self, at: datetime) -> datetime:
        """This instant, or the end of the quiet hours that it lies in."""
        if not self.holds(at):
            return at
        local = at.astimezone(self.zone)
        over_midnight = self.begins > self.ends and local.time() >= self.begins
        day = local.date() + timedelta(days=over_midnight)
        ends = datetime.combine(day, self.ends, tzinfo=self.zone).astimezone(UTC)
        if ends <= at:  # clocks were put back: the same time comes once more
            ends = datetime.combine(day, self.ends.replace(fold=1), self.zone).astimezone(UTC)
        return ends


class TooSoon(ValueError):
    """It lies in the past."""


class TooFar(ValueError):
    """It lies further ahead than anybody should promise."""


def goes_out(asked: datetime, *, at: datetime, quiet: Quiet, furthest: timedelta) -> datetime:
    """When something goes out that somebody at the instant ``at`` wants sent at ``asked``.

    Raises TooSoon and TooFar.
    """
    if asked <= at:
        raise TooSoon
    moment = quiet.awake(asked)
    if moment - at > furthest:
        raise TooFar
    return moment
