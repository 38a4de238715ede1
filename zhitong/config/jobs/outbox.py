"""The work of ``zhitong outbox``."""

import sys
from argparse import Namespace
from datetime import datetime

from django.utils.timezone import make_aware

from zhitong.config.jobs.who import as_command_line
from zhitong.config.obstacles import Obstacle
from zhitong.kernel.bus.backfill import missed
from zhitong.kernel.scope import acting
from zhitong.kernel.worker.actions import backfill
from zhitong.kernel.worker.queries import listeners, state


def outbox(options: Namespace) -> int:
    """Show the state of the outbox, or owe past facts to a listener."""
    return _backfill(options) if options.what == "backfill" else _status()


def _status() -> int:
    now = state()
    sys.stdout.write(
        f"waiting {now.waiting} (oldest {now.oldest_seconds:.0f} s), "
        f"dead {now.dead}, set aside {now.aside}\n"
    )
    for key in listeners():
        past = missed(key).count()
        note = f"   {past} past facts were never owed to it" if past else ""
        sys.stdout.write(f"  {key}{note}\n")
    return 0


def _backfill(options: Namespace) -> int:
    if options.listener not in listeners():
        raise Obstacle(f"no listener is called {options.listener!r}; see `zhitong outbox status`")
    since = _day(options.since) if options.since else None
    with acting(as_command_line("bus.backfill", purpose=options.reason)):
        owed = backfill(listener=options.listener, since=since, reason=options.reason)
    sys.stdout.write(f"{owed} past facts are now owed to {options.listener}\n")
    return 0


def _day(text: str) -> datetime:
    try:
        return make_aware(datetime.strptime(text, "%Y-%m-%d"))  # noqa: DTZ007
    except ValueError as error:
        raise Obstacle(f"{text!r} is not a day like 2026-01-31") from error
