"""Does anything acknowledged get lost, or anything happen twice, when processes are killed?

Senders open matters over HTTP and, after any failure, send the same external id again until
they are acknowledged. Meanwhile web and worker processes are killed with SIGKILL at random
moments. At the end every acknowledged id must be exactly one matter with one fact, delivered
with one effect, and the audit log must verify. On SQLite and on PostgreSQL.
"""

import random
import threading
from collections.abc import Callable

from bench.cluster import cluster
from bench.crashing.killing import Killer
from bench.crashing.reckoning import Reckoning, reckon
from bench.crashing.sending import Sender, Sent
from bench.instance import instance

NAME = "crash"
INTAKES, KILLS, SENDERS = 10_000, 50, 8
QUICK_INTAKES, QUICK_KILLS = 120, 4
SETTINGS = "bench.echo.settings"
Say = Callable[[str], None]
Figures = dict[str, float]


def run(*, quick: bool, say: Say, options: list[str]) -> Figures:
    """Totals, and each with the suffix of its database. Options: names of databases to test."""
    intakes, kills = (QUICK_INTAKES, QUICK_KILLS) if quick else (INTAKES, KILLS)
    figures: Figures = {}
    for kind in options or ["sqlite", "postgresql"]:
        if kind == "postgresql":
            with cluster(durable=True) as server:
                found = crash(server.url(), intakes=intakes, kills=kills, say=say)
        else:
            found = crash("", intakes=intakes, kills=kills, say=say)
        for key, value in found.figures().items():
            figures[f"{key}_{kind}"] = value
            figures[key] = figures.get(key, 0) + value
        say(f"{kind}: {found}")
    return figures


def crash(database_url: str, *, intakes: int, kills: int, say: Say, seed: int = 0) -> Reckoning:
    """One run on one database."""
    rng = random.Random(seed)
    sent = Sent(intakes)
    with instance(database_url, settings=SETTINGS, workers=2, web_processes=2) as running:
        senders = [
            Sender(sent, running.port, running.county, random.Random(rng.random()))
            for _ in range(SENDERS)
        ]
        killer = Killer(sent, running.processes, kills, random.Random(rng.random()), say)
        works = [killer.run, *(sender.run for sender in senders)]
        threads = [threading.Thread(target=work) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        say(f"{sent.count()} acknowledged, {killer.killed} killed; counting")
        return reckon(running, sent, kills=killer.killed)
