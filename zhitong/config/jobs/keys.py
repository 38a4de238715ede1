"""The work of ``zhitong keys``."""

import sys
from argparse import Namespace

from zhitong.config.jobs.who import as_command_line
from zhitong.kernel.databases.reach import beyond_reach
from zhitong.kernel.rotation import GRACE, ROTATE, rotate
from zhitong.kernel.scope import acting


def keys(options: Namespace) -> int:
    """Seal everything with a new key, or retire the old one."""
    scope = as_command_line(ROTATE, purpose=f"keys {options.what}")
    with acting(scope), beyond_reach():
        done = rotate(progress=_progress)
    sys.stdout.write(f"active key {done.active}; {done.resealed} values sealed again\n")
    for place in done.unreadable:
        sys.stdout.write(f"did not open, left as it is: {place}\n")
    if done.retired:
        sys.stdout.write(f"destroyed: {', '.join(done.retired)}\n")
    else:
        minutes = int(GRACE.total_seconds() // 60)
        sys.stdout.write(f"run it again in {minutes} minutes to destroy the old key\n")
    return 1 if done.unreadable else 0


def _progress(model: str, done: int) -> None:
    sys.stderr.write(f"zhitong: {model}: {done} rows\n")
