"""How fast the audit log is verified: every leaf recomputed from its columns, on one core.

A fresh SQLite database gets a million entries of realistic size, written, put in order and
signed by the same code as in earnest, and is then verified whole. Figures are entries per
second of CPU time.
"""

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.utils import ConnectionHandler
from django.test.utils import override_settings

from zhitong.config.environment import Environment
from zhitong.kernel.audit.entries import append
from zhitong.kernel.audit.sequence import integrate
from zhitong.kernel.audit.verify import verify

NAME = "audit"
ENTRIES = 1_000_000
QUICK_ENTRIES = 100_000
BATCH = 10_000
RUNS = 3
ACTIONS = ("loop.receive", "loop.own", "loop.answer", "loop.read", "identity.reveal")


def run(*, quick: bool, say: Callable[[str], None], options: list[str]) -> dict[str, float]:
    """``entries`` verified, and ``verify_per_s_core``: the median of three runs.

    The one option is another number of entries.
    """
    entries = int(options[0]) if options else QUICK_ENTRIES if quick else ENTRIES
    with tempfile.TemporaryDirectory(prefix="zhitong-bench-") as folder, _fresh(Path(folder)):
        _timed("written", entries, say, lambda: _write(entries))
        _timed("put in order and signed", entries, say, _integrate)
        rates = [_timed("verified", entries, say, lambda: _verify(entries)) for _ in range(RUNS)]
    return {"entries": entries, "verify_per_s_core": round(statistics.median(rates))}


@contextmanager
def _fresh(folder: Path) -> Iterator[None]:
    """An empty SQLite database with its own keys and witness in the place of the default one."""
    database = Environment(data=folder, database_url="").database()
    connection = ConnectionHandler({DEFAULT_DB_ALIAS: database})[DEFAULT_DB_ALIAS]
    before = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = connection
    try:
        with override_settings(DATA=folder):
            call_command("migrate", "audit", verbosity=0)
            yield
    finally:
        connection.close()
        connections[DEFAULT_DB_ALIAS] = before


def _timed(what: str, entries: int, say: Callable[[str], None], work: Callable[[], None]) -> float:
    began = time.process_time()
    work()
    rate = entries / (time.process_time() - began)
    say(f"{what}: {entries:,} entries at {rate:,.0f} a second of CPU")
    return rate


def _write(entries: int) -> None:
    chance = random.Random(1)
    for start in range(0, entries, BATCH):
        with transaction.atomic():
            for number in range(start, min(start + BATCH, entries)):
                officer = chance.randrange(60)
                append(
                    action=chance.choice(ACTIONS),
                    actor=f"staff:{officer:032x}",
                    label=f"安德街道派出所 · 社区民警 {officer}",
                    target=f"loop.Matter:{chance.getrandbits(128):032x}",
                    path="37/14/03/001/201/",
                    purpose="办理群众诉求",
                    details={"number": number, "stage": "answered"},
                )


def _integrate() -> None:
    while integrate(BATCH):
        pass
    integrate(sign=True)


def _verify(entries: int) -> None:
    report = verify()
    if not report.ok or report.entries != entries:
        raise RuntimeError(f"the log of the benchmark did not verify: {report.problems[:3]}")
