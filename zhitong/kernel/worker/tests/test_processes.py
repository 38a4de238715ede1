"""Real worker processes on a real database: once, in order, at once, and gone when told."""

import json
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

RIG = [sys.executable, "-m", "zhitong.kernel.worker.tests.rig"]
FACTS = 1000
Rig = Callable[..., subprocess.Popen[str]]


def own_database(kind: str) -> str:
    """Address of a new, empty PostgreSQL database, or '' for SQLite."""
    if kind == "sqlite":
        return ""
    address, name = os.environ["ZHITONG_DATABASE_URL"], f"rig_{uuid4().hex[:12]}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return f"{address.rpartition('/')[0]}/{name}"


@pytest.fixture
def rig(tmp_path: Path, database_kind: str) -> Iterator[Rig]:
    """Starts the small house's commands as processes; kills what a test left running."""
    env = {**os.environ, "ZHITONG_DATA": str(tmp_path)}
    env["ZHITONG_DATABASE_URL"] = own_database(database_kind)
    started: list[subprocess.Popen[str]] = []

    def start(*words: object) -> subprocess.Popen[str]:
        command = [*RIG, *map(str, words)]
        process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)
        started.append(process)
        return process

    finished(start("prepare"))
    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def finished(process: subprocess.Popen[str]) -> str:
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return out


def report(rig: Rig) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(finished(rig("report")).splitlines()[-1])
    return found


def workers(rig: Rig, count: int) -> list[subprocess.Popen[str]]:
    started = [rig("work") for _ in range(count)]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    return started


def until_all_heard(rig: Rig, seconds: float = 120) -> dict[str, Any]:
    deadline = time.monotonic() + seconds
    while (found := report(rig))["owed"] and time.monotonic() < deadline:
        time.sleep(0.5)
    return found


def test_four_workers_deliver_a_thousand_facts_once_and_in_order(rig: Rig) -> None:
    finished(rig("say", FACTS, 250, 0))
    team = workers(rig, 4)
    found = until_all_heard(rig)
    numbers = [number for _, number, _ in found["heard"]]
    assert sorted(numbers) == list(range(FACTS))
    for line in {line for line, _, _ in found["heard"]}:
        order = [number for which, number, _ in found["heard"] if which == line]
        assert order == sorted(order)
    for process in team:
        process.send_signal(signal.SIGTERM)
    assert [process.wait(15) for process in team] == [0, 0, 0, 0]


def test_killed_workers_lose_and_double_nothing(rig: Rig) -> None:
    team = workers(rig, 2)
    speaker = rig("say", 200, 40, 0)
    for _ in range(4):
        time.sleep(0.3)
        team.pop(0).kill()
        team += workers(rig, 1)
    finished(speaker)
    found = until_all_heard(rig)
    assert sorted(number for _, number, _ in found["heard"]) == list(range(200))


def test_a_worker_that_hangs_ends_itself_and_leaves_nothing_behind(rig: Rig) -> None:
    finished(rig("say", 1, 0, 0))
    stuck = rig("work", 1.5)
    assert stuck.wait(30) == 1
    found = report(rig)
    assert (found["heard"], found["owed"]) == ([], 1)


def test_a_sleeping_worker_wakes_within_200_ms_and_timers_never_overlap(rig: Rig) -> None:
    workers(rig, 2)
    time.sleep(1.5)
    finished(rig("say", 40, 40, 0.1))
    found = until_all_heard(rig)
    heard = {number: at for _, number, at in found["heard"]}
    waits = sorted(heard[number] - at for _, number, at in found["said"])
    assert statistics.median(waits) <= 0.2, f"slowest: {waits[-3:]}"
    starts = [at for name, at in found["ticks"] if name == "often"]
    ends = [at for name, at in found["ticks"] if name == "often over"]
    assert len(starts) >= 5
    assert all(end <= following for end, following in zip(ends, starts[1:], strict=False))
    assert all(later > earlier for earlier, later in pairwise(starts))
    assert ["test.broken", "ValueError"] in [
        [name, error.split(" ")[0]] for name, failures, error in found["timers"] if failures
    ]
