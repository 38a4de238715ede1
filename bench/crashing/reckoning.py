"""Counting at the end: matters, facts, deliveries, effects, and the audit log."""

import json
import sys
import time
from dataclasses import dataclass
from typing import Any

from bench.crashing.sending import Sent
from bench.instance import Instance, run

DRAINS_WITHIN = 120.0  # seconds


class NotCounted(RuntimeError):
    """The run could not be judged; the message says why."""


@dataclass(frozen=True, slots=True)
class Reckoning:
    """``lost``: acknowledged ids without matter, fact, delivery or effect. ``duplicated``: more
    than one of any of them, or a second answer that named another matter."""

    acknowledged: int
    lost: int
    duplicated: int
    kills: int

    def figures(self) -> dict[str, float]:
        """As the benchmark prints them."""
        return {
            "acknowledged": self.acknowledged,
            "lost": self.lost,
            "duplicated": self.duplicated,
            "kills": self.kills,
        }


def reckon(running: Instance, sent: Sent, *, kills: int) -> Reckoning:
    """Wait until everything is delivered, then count. Raises NotCounted."""
    if sent.failures:
        raise NotCounted(sent.failures[0])
    found = _drained(running)
    verdict = running.zhitong("audit", "verify")
    if verdict.returncode:
        raise NotCounted(f"the audit log does not verify: {verdict.stdout}{verdict.stderr}")
    lost = duplicated = 0
    for external_id, matter in sent.acknowledged.items():
        counts = [found["matters"].get(external_id, 0)]
        counts += [found[kind].get(matter, 0) for kind in ("events", "done", "effects")]
        lost += 0 in counts or matter not in found["audited"]
        duplicated += max(counts) > 1
    strangers = len(found["matters"].keys() - sent.acknowledged.keys())
    return Reckoning(len(sent.acknowledged), lost, duplicated + sent.differing + strangers, kills)


def _drained(running: Instance) -> dict[str, Any]:
    """The counts, once nothing is owed any more."""
    deadline = time.monotonic() + DRAINS_WITHIN
    while True:
        counted = run([sys.executable, "-m", "bench.crashing.count"], running.env)
        if counted.returncode:
            raise NotCounted(counted.stderr[-2000:])
        found: dict[str, Any] = json.loads(counted.stdout)
        if not found["owed"]:
            return found
        if time.monotonic() > deadline:
            raise NotCounted(f"{found['owed']} deliveries are still owed")
        time.sleep(0.5)
