"""Is anything left of what was let go? 1,000 strings are planted and looked for, byte by byte.

In a county with a past, strings that occur nowhere else are planted in every field that has an
end: the list is read from the models and the rules about them. All readable ones are found in the
files of the database. Then four years pass: what is over goes, a backup is made, and the same
search goes through the database, its write-ahead log, everything else in the data folder, and
the unpacked backup. On SQLite and on PostgreSQL.
"""

import json
import os
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.cluster import Cluster, cluster, programs, superuser
from bench.instance import run as command
from bench.keeping.canaries import Sighting, below, search, search_files
from bench.runner import Figures, Say

NAME = "retention"
COUNT, QUICK = 1_000, 400
SHOWN = 5
TURNS = 20


@dataclass(frozen=True, slots=True)
class Place:
    """An instance that is not running: its folder, its settings, its PostgreSQL if it has one."""

    data: Path
    env: Mapping[str, str]
    server: Cluster | None

    def files(self) -> list[Path]:
        """Every file in which a string could be: the data folder, without keys and backups."""
        own = [path for path in below(self.data) if path.relative_to(self.data).parts[0] != "keys"]
        return own + (below(self.server.folder / "data") if self.server else [])


def run(*, quick: bool, say: Say, options: list[str]) -> Figures:
    """Totals, and each with the suffix of its database. Options: names of databases to test."""
    figures: Figures = {}
    count = QUICK if quick else COUNT
    for kind in options or (["sqlite"] if quick else ["sqlite", "postgresql"]):
        with place(kind) as one:
            found = look(one, count, say)
        for key, value in found.items():
            figures[f"{key}_{kind}"] = value
            figures[key] = figures.get(key, 0) + value
        say(f"{kind}: {found}")
    return figures


@contextmanager
def place(kind: str) -> Iterator[Place]:
    """An empty instance on one of the two databases."""
    with tempfile.TemporaryDirectory(prefix="zhitong-bench-") as folder:
        if kind == "postgresql":
            with cluster(durable=True) as server:
                yield Place(Path(folder), _env(folder, server.url()), server)
        else:
            yield Place(Path(folder), _env(folder, ""), None)


def _env(folder: str, database: str) -> dict[str, str]:
    own = {"DATA": folder, "DATABASE_URL": database, "DEMO": "1", "LOG": "stderr"}
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "zhitong.config.settings"}
    return env | {f"ZHITONG_{name}": value for name, value in own.items()}


def look(one: Place, count: int, say: Say) -> Figures:
    """Plant, search, let go, search again."""
    planted = _step(one, "plant", str(count))
    plain, sealed = set(planted["plain"]), set(planted["sealed"])
    _tell(say, planted)
    _settle(one)
    before = search_files(one.files(), plain | sealed)
    with tempfile.TemporaryDirectory(prefix="zhitong-bench-backup-") as folder:
        kept = _step(one, "retain", folder)
        _settle(one)
        wal = _in_wal(one, plain | sealed)
        _turn_the_log_over(one)
        after = search_files(one.files(), plain | sealed)
        backup = _in_backup(Path(kept["backup"]), plain | sealed)
    for place_, seen in (("the data", after), ("the backup", backup)):
        if seen.whole or seen.pieces:
            say(f"left in {place_}: {len(seen.whole)} whole, {seen.pieces} pieces")
            say(f"in {', '.join(str(path) for path in seen.files[:SHOWN])}")
    return {
        "planted": len(plain) + len(sealed),
        "sealed": len(sealed),
        "fields": len(planted["where"]),
        "fields_unplanted": len(planted["unplanted"]),
        "found_before": len(before.whole & plain),
        "missed_before": len(plain - before.whole),
        "sealed_found_before": len(before.whole & sealed),
        "found_after": len(after.whole),
        "pieces_after": after.pieces,
        "found_in_log_before_it_turned": len(wal.whole),
        "found_in_backup": len(backup.whole),
        "pieces_in_backup": backup.pieces,
        "emptied": kept["gone"].get("loop.Matter", 0),
        "removed": sum(kept["gone"].values()) - kept["gone"].get("loop.Matter", 0),
        "still_over": kept["over"] + kept["held"],
        "statistics_changed": 0 if kept["same"] else 1,
        "audit_problems": kept["audit_problems"],
    }


def _step(one: Place, *words: str) -> dict[str, Any]:
    done = command([sys.executable, "-m", "bench.keeping", *words], one.env)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def _tell(say: Say, planted: Mapping[str, Any]) -> None:
    readable, sealed = len(planted["plain"]), len(planted["sealed"])
    say(f"{readable} readable and {sealed} sealed strings in {len(planted['where'])} fields")
    if planted["unplanted"]:
        say(f"no row to plant in: {', '.join(planted['unplanted'])}")


def _settle(one: Place) -> None:
    """Everything on disk, as it would be when somebody takes the disk away."""
    if one.server:
        with superuser(one.server) as connection:
            connection.execute("CHECKPOINT")


def _in_wal(one: Place, known: set[str]) -> Sighting:
    """What a write-ahead log still holds that has not turned over yet."""
    if one.server:
        return search_files(below(one.server.folder / "data" / "pg_wal"), known)
    return search_files(one.data.glob("*-wal"), known)


def _turn_the_log_over(one: Place) -> None:
    """What days of work do: write until no segment of PostgreSQL's log is older than now.

    Raises RuntimeError when it does not turn.
    """
    if one.server is None:
        return
    folder, began = one.server.folder / "data" / "pg_wal", time.time()
    with superuser(one.server) as connection:
        for _turn in range(TURNS):
            for _segment in range(len(below(folder)) + 2):
                connection.execute("SELECT pg_logical_emit_message(false, 'turn', 'over')")
                connection.execute("SELECT pg_switch_wal()")
            connection.execute("CHECKPOINT")
            if all(_written_at(path) > began for path in below(folder)):
                return
    raise RuntimeError("the write-ahead log does not turn over")


def _written_at(path: Path) -> float:
    """When a file was written last; one that is gone by now is new enough."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return time.time()


def _in_backup(file: Path, known: set[str]) -> Sighting:
    with tempfile.TemporaryDirectory(prefix="zhitong-bench-unpacked-") as folder:
        with tarfile.open(file) as tar:
            tar.extractall(folder, filter="data")
        seen = search_files(below(Path(folder)), known)
        for dump in Path(folder).rglob("*.pgdump"):
            words = [str(programs() / "pg_restore"), "--file=-", str(dump)]
            text = subprocess.run(words, capture_output=True, check=True).stdout
            seen |= search(text, known)
    return seen
