"""Where places lie, roughly: the one position of a matter that is ever told to everybody.

WGS 84, rounded to two decimals (about a kilometre). A place that is not in the table is shown at
the next one above it. No exact position of a matter is kept, so none can get out.
"""

from dataclasses import dataclass
from functools import cache
from math import cos, hypot, radians

from zhitong.kernel.areas.codes import chain_of
from zhitong.loop.tables import table

KILOMETRES = 111.2
"""Of one degree of latitude."""


@dataclass(frozen=True, slots=True)
class Centre:
    """The middle of a place."""

    code: str
    lat: float
    long: float

    def away(self, lat: float, long: float) -> float:
        """Kilometres from here to there, good enough for neighbouring places."""
        east = (long - self.long) * cos(radians(self.lat))
        return KILOMETRES * hypot(lat - self.lat, east)


@cache
def centres() -> dict[str, Centre]:
    """All that are known, by code."""
    rows = table("centres")["centre"]
    return {
        row["code"]: Centre(row["code"], round(row["lat"], 2), round(row["long"], 2))
        for row in rows
    }


def centre_of(code: str) -> Centre | None:
    """The middle of the place, or of the smallest one around it that is known."""
    known = centres()
    return next((known[each] for each in reversed(chain_of(code)) if each in known), None)


def nearest(lat: float, long: float, *, within: str, digits: int) -> Centre | None:
    """The known place of this level that is nearest, below the one named."""
    level = [
        one for code, one in centres().items() if len(code) == digits and code.startswith(within)
    ]
    return min(level, key=lambda one: one.away(lat, long), default=None)
