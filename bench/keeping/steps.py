"""What happens in the instance: a county with a past, canaries in it, and years later its end."""

import hashlib
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management import call_command

from bench.keeping import making
from bench.keeping.planting import plant as planted
from zhitong.config.backup.making import make
from zhitong.config.demo.load import COUNTING, load
from zhitong.kernel.audit.sequence import integrate
from zhitong.kernel.audit.verify import verify
from zhitong.kernel.bus.relay import relay
from zhitong.kernel.clock import clock_at, now
from zhitong.kernel.databases.reach import beyond_reach
from zhitong.kernel.retention.planning import plan
from zhitong.kernel.retention.registry import RETENTION, every_row
from zhitong.kernel.retention.running import run
from zhitong.kernel.scope import acting
from zhitong.kernel.timers import TIMERS
from zhitong.loop.actions.counting import catch_up
from zhitong.loop.queries.counting import counting_scope

LATER = timedelta(days=4 * 366)
COUNTS = ("loop.RateCell", "loop.Counted", "loop.OpenRate")
SHAPE = ("area_path", "category", "stage", "outcome", "stars", "channel", "opened_at", "ended_at")


def plant(count: str) -> dict[str, Any]:
    """The demo county, a row in every table that has none, and canaries everywhere."""
    call_command("migrate", verbosity=0)
    load(lambda _words: None)
    while relay():
        pass
    making.a_row_everywhere()
    told = planted(int(count), now() + LATER).told()
    _settle()
    return told


def retain(folder: str) -> dict[str, Any]:
    """Years later: count, let everything go that is over, count again, and make a backup."""
    with clock_at(now() + LATER):
        before = _statistics()
        done = run(seconds=3600.0)
        _settle()
        for timer in ("config.sweep_logs", "loop.sweep_photos"):
            TIMERS[timer].run()
        after = _statistics()
        over = sum(line.over for line in plan(now()) if RETENTION[line.model].empties)
        _forget_counts()
        again = _statistics()
    backup = make(Path(folder), reason="benchmark", say=lambda _words: None)
    problems = verify()
    return {
        "gone": done.gone,
        "held": done.held,
        "over": over,
        "same": before == after == again,
        "statistics": [before, after, again],
        "backup": str(backup),
        "audit_problems": len(problems.problems),
    }


def _settle() -> None:
    while integrate():
        pass


def _forget_counts() -> None:
    """So that they have to be reckoned from the steps anew."""
    with beyond_reach():
        for label in ("loop.RateCell", "loop.Counted", "loop.RateProgress"):
            every_row(label).all().delete()


def _statistics() -> str:
    """A digest of all that is counted; matters by their township, which is what stays."""
    with acting(counting_scope()):
        while not catch_up(seconds=COUNTING):
            pass
    lines = []
    with beyond_reach():
        for label in COUNTS:
            names = [
                one.attname
                for one in every_row(label).model._meta.local_fields
                if one.name not in {"id", "published_at"}
            ]
            lines += sorted(map(str, every_row(label).values_list(*names)))
        rows = every_row("loop.Matter").values_list(*SHAPE)
        lines += sorted(str((path[:13], *rest)) for path, *rest in rows)
    return hashlib.sha256(json.dumps(lines).encode()).hexdigest()
