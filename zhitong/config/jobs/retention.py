"""The work of ``zhitong retention``."""

import json
import sys
from argparse import Namespace
from datetime import datetime

from django.utils.timezone import localdate, make_aware

from zhitong.config.obstacles import Obstacle
from zhitong.kernel.clock import now
from zhitong.kernel.retention.planning import Line, plan
from zhitong.kernel.retention.running import run


def retention(options: Namespace) -> int:
    """Show what would go, or let it go."""
    return _run(options.seconds) if options.what == "run" else _plan(options)


def _plan(options: Namespace) -> int:
    lines = plan(_day(options.on) if options.on else now())
    if options.json:
        sys.stdout.write(json.dumps([_told(line) for line in lines]) + "\n")
        return 0
    for line in lines:
        since = f", the oldest of {localdate(line.oldest)}" if line.oldest else ""
        verb = "emptied" if line.emptied else "removed"
        sys.stdout.write(f"{line.model}: {line.over} of {line.rows} to be {verb}{since}\n")
        sys.stdout.write(f"    kept {line.lasts}; by {line.timer}\n")
    return 0


def _told(line: Line) -> dict[str, object]:
    return {
        "model": line.model,
        "kind": str(line.kind),
        "rows": line.rows,
        "over": line.over,
        "oldest": line.oldest.isoformat() if line.oldest else None,
        "lasts": line.lasts,
        "emptied": line.emptied,
        "timer": line.timer,
    }


def _run(seconds: float) -> int:
    done = run(seconds=seconds, say=_say)
    for model, rows in sorted(done.gone.items()):
        sys.stdout.write(f"{model}: {rows}\n")
    if done.held:
        _say(f"{done.held} wait for the audit log to catch up; run it again")
    if done.ended_at is None:
        _say("the time was over before the work; run it again to go on")
        return 1
    sys.stdout.write("nothing is over any more\n")
    return 0


def _say(words: str) -> None:
    sys.stderr.write(f"zhitong: {words}\n")


def _day(text: str) -> datetime:
    try:
        return make_aware(datetime.strptime(text, "%Y-%m-%d"))  # noqa: DTZ007
    except ValueError as error:
        raise Obstacle(f"{text!r} is not a day like 2026-01-31") from error
