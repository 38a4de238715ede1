"""The work of ``zhitong clock``."""

import sys
from argparse import Namespace

from django.conf import settings

from zhitong.config.jobs.who import as_command_line
from zhitong.kernel.areas.codes import path_of
from zhitong.kernel.scope import acting
from zhitong.loop import queries
from zhitong.loop.actions import open_record
from zhitong.loop.web import clockwords


def clock(options: Namespace) -> int:
    """Print the sentences of the matter page, and the promises they come from."""
    path = path_of(settings.COUNTY)
    with acting(as_command_line("loop.read", path=path, purpose="explaining a clock")):
        matter = open_record(code=options.matter)
        policy = queries.policy_at(matter.opened_at)
        seen = queries.reckoned(matter.opened_at, queries.life(matter))
    told = clockwords.told(seen)
    sys.stdout.write(f"{matter.code}  {seen.state}  {policy.version}\n")
    if told.waiting:
        sys.stdout.write(f"  {told.waiting}\n")
    for promise in told.promises:
        sys.stdout.write(f"\n  {promise.sentence}\n")
        for line in promise.lines:
            sys.stdout.write(f"    {line}\n")
    return 0
