"""Which promises hold."""

import time
from dataclasses import dataclass
from datetime import datetime

from zhitong.kernel.clock import now
from zhitong.loop.domain.policy import Policy
from zhitong.loop.models import PolicyVersion
from zhitong.loop.policies import delivered, read_written

KEPT_SECONDS = 30.0
_kept: list[tuple[float, list[tuple[datetime, Policy]]]] = []


def policy_at(moment: datetime) -> Policy:
    """The promises in force at an instant: the last ones adopted before it, or those delivered.

    A matter keeps those it was opened under. An adopted version is known everywhere within 30
    seconds.
    """
    held = [policy for starts, policy in _versions() if starts <= moment]
    return held[-1] if held else delivered()


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the promises, and who adopted it from when and why."""

    policy: Policy
    starts_at: datetime | None = None
    adopted_by: str = ""
    reason: str = ""

    @property
    def coming(self) -> bool:
        """Whether it does not hold yet."""
        return self.starts_at is not None and self.starts_at > now()


def policy_versions() -> list[Version]:
    """Every version, the one that came with the software first. One query."""
    rows = PolicyVersion.objects.order_by("starts_at", "id")
    adopted = [
        Version(read_written(row.written), row.starts_at, row.adopted_by, row.reason)
        for row in rows
    ]
    return [Version(delivered()), *adopted]


def forget_policies() -> None:
    """Read the versions again at the next question, because one was adopted."""
    _kept.clear()


def _versions() -> list[tuple[datetime, Policy]]:
    if not _kept or time.monotonic() >= _kept[0][0]:
        rows = PolicyVersion.objects.order_by("starts_at", "id").values_list("starts_at", "written")
        versions = [(starts, read_written(written)) for starts, written in rows]
        _kept[:] = [(time.monotonic() + KEPT_SECONDS, versions)]
    return _kept[0][1]
