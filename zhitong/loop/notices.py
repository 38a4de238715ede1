"""When residents are written to: loop/data/notices.toml, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from zhitong.loop.domain.later import Quiet
from zhitong.loop.tables import table


@dataclass(frozen=True, slots=True)
class Notices:
    """Everything that is set about it. An answer is planned ``furthest`` ahead at most."""

    quiet: Quiet
    furthest: timedelta


@cache
def notices() -> Notices:
    """What comes with the software."""
    return read(table("notices"))


def read(told: Mapping[str, Any]) -> Notices:
    """The rules written as TOML. Raises KeyError where one is missing."""
    quiet = told["quiet"]
    return Notices(
        quiet=Quiet(quiet["begins"], quiet["ends"], ZoneInfo(settings.TIME_ZONE)),
        furthest=timedelta(days=told["later"]["furthest_days"]),
    )
