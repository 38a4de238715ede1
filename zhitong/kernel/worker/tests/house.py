"""A small house with one listener and two timers, for tests that need real processes.

The listener writes a row into a table of its own, in the transaction of the delivery and
without a unique key: a doubled delivery would show. Commands: ``prepare``, ``say COUNT LINES``,
``work``, ``report``.
"""

import json
import signal
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.core.management import call_command
from django.db import connection, transaction

from zhitong.kernel.bus.emit import collecting, emit, reacts_to
from zhitong.kernel.scope import Reach, Scope, acting
from zhitong.kernel.timers import TIMERS, every
from zhitong.kernel.worker.working import Worker

HERE = "37/14/03/001/"
HANGS = "hang"
DESK = Scope("staff:1", Reach((HERE,)), frozenset(), "test")


@dataclass(frozen=True, slots=True)
class Counted:
    """Something was counted."""

    AGGREGATE: ClassVar[str] = "line"
    line: str
    number: int


def write(sql: str, *values: str | float) -> None:
    """One statement on the house's own tables."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@reacts_to(Counted, permits=set())
def note(fact: Counted) -> None:
    """Write down what was heard, and when; one line never comes to an end."""
    if fact.line == HANGS:
        time.sleep(3600)
    write("INSERT INTO heard VALUES (%s, %s, %s)", fact.line, fact.number, time.time())


def prepare() -> None:
    """Tables for the product and for the house."""
    call_command("migrate", verbosity=0)
    write("CREATE TABLE heard (line TEXT, number INTEGER, at DOUBLE PRECISION)")
    write("CREATE TABLE said (line TEXT, number INTEGER, at DOUBLE PRECISION)")
    write("CREATE TABLE ticks (name TEXT, at DOUBLE PRECISION)")


def say(count: int, lines: int, pause: float) -> None:
    """Emit, each fact in a transaction of its own; note when it was committed."""
    for number in range(count):
        line = str(number % lines) if lines else HANGS
        with acting(DESK), transaction.atomic(), collecting():
            emit(Counted(line, number), path=HERE)
        at = time.time()
        if pause:
            write("INSERT INTO said VALUES (%s, %s, %s)", line, number, at)
            time.sleep(pause)


def work(patience: float) -> None:
    """Be a worker until SIGTERM."""
    TIMERS.clear()
    every(seconds=0.5, name="test.often")(lambda: tick("often"))
    every(seconds=3600, name="test.broken")(lambda: int("no"))
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    Worker(stop, patience=patience).run()


def tick(name: str) -> None:
    """A timer that takes a while."""
    write("INSERT INTO ticks (name, at) VALUES (%s, %s)", name, time.time())
    time.sleep(0.2)
    write("INSERT INTO ticks (name, at) VALUES (%s, %s)", f"{name} over", time.time())


def report() -> None:
    """Everything that happened, as one JSON line."""
    found = {}
    with connection.cursor() as cursor:
        for table in ("heard", "said", "ticks"):
            cursor.execute(f"SELECT * FROM {table} ORDER BY at")
            found[table] = [list(row) for row in cursor.fetchall()]
        cursor.execute("SELECT name, failures, last_error FROM worker_timerlease")
        found["timers"] = [list(row) for row in cursor.fetchall()]
        cursor.execute("SELECT count(*) FROM bus_delivery WHERE done_at IS NULL")
        found["owed"] = cursor.fetchone()[0]
    sys.stdout.write(json.dumps(found) + "\n")


def main(words: Sequence[str]) -> None:
    """Do what the first word says."""
    match words:
        case ["prepare"]:
            prepare()
        case ["say", count, lines, pause]:
            say(int(count), int(lines), float(pause))
        case ["work"]:
            work(60.0)
        case ["work", patience]:
            work(float(patience))
        case ["report"]:
            report()
        case _:
            raise SystemExit("prepare | say COUNT LINES PAUSE | work | report")
