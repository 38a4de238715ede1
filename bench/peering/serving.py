"""Serving what we compare with: the same gunicorn settings and database settings as ours."""

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from subprocess import Popen
from typing import Any

from bench.driving import Ask, measure
from bench.instance import cpu_seconds, descendants, free_port, start, stop
from zhitong.config.environment import Environment

ROOT = Path(__file__).resolve().parent.parent.parent
PROCESSES, THREADS = 2, 4
STARTS_WITHIN = 60.0  # seconds
GUNICORN = (
    "-m", "gunicorn", "--preload", "--worker-class", "gthread",
    "--workers", str(PROCESSES), "--threads", str(THREADS), "--timeout", "120",
    "--keep-alive", "15", "--backlog", "1024", "--log-level", "warning",
    "--worker-tmp-dir", "/dev/shm" if Path("/dev/shm").is_dir() else "/tmp",
    "--no-control-socket",
)  # fmt: skip
DATABASE = "ZHITONG_BENCH_DATABASE"
"""The variable in which a server is told Django's settings of its database, as JSON."""


@dataclass(slots=True)
class Site:
    """A server under measurement. ``database`` is the process id of its own server, or 0."""

    name: str
    port: int
    pid: int
    database: int = 0
    facts: Mapping[str, Any] = field(default_factory=dict)

    def cpu(self) -> float:
        """Seconds that all its processes have used, the database's included."""
        pids = [self.pid, *descendants(self.pid)]
        if self.database:
            pids += [self.database, *descendants(self.database)]
        return cpu_seconds(pids)

    def requests(self, name: str, ask: Ask, times: int, *, senders: int) -> dict[str, float]:
        """CPU-ms per request, requests per second, p50 and p95 of the wait."""
        return measure(
            f"{self.name}{name}", ask, port=self.port, times=times, cpu=self.cpu,
            senders=senders, warm_up=max(senders, times // 10),
        )  # fmt: skip


def database(url: str, folder: Path) -> dict[str, Any]:
    """Settings of a database as ours are, but with Django's own backends."""
    found = Environment(database_url=url, data=folder).database()
    if url:
        # Rows that only our reach lets through must pass without one here.
        options = {"server_side_binding": False, "options": "-c zhitong.beyond=on"}
        found |= {"ENGINE": "django.db.backends.postgresql", "OPTIONS": options}
    return {key: str(value) if isinstance(value, Path) else value for key, value in found.items()}


def surroundings(settings: Mapping[str, Any], **more: str) -> dict[str, str]:
    """The variables that a server lives by."""
    return {**os.environ, DATABASE: json.dumps(settings), "PYTHONPATH": str(ROOT), **more}


@contextmanager
def served(
    python: Path, application: str, env: Mapping[str, str], log: Path, *, path: str
) -> Iterator[tuple[int, int]]:
    """Run gunicorn until the block ends; gives its port and process id. Raises RuntimeError."""
    port = free_port()
    command = [str(python), *GUNICORN, "--bind", f"127.0.0.1:{port}", application]
    with log.open("wb") as words:
        server = start(command, env, words)
    try:
        _wait(server, port, path, log)
        yield port, server.pid
    finally:
        stop(server)


def _wait(server: Popen[bytes], port: int, path: str, log: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while True:
        asking = HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            asking.request("GET", path)
            asking.getresponse()
        except OSError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(log.read_text("utf-8", "replace")[-1500:]) from None
            time.sleep(0.2)
        else:
            return
        finally:
            asking.close()
