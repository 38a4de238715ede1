"""A whole instance of one's own for a benchmark: own folder, database, port and processes."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

STARTS_WITHIN = 90.0  # seconds
UNLIMITED = str(10**9)  # all senders of a benchmark share one address and one key
ZHITONG = (sys.executable, "-m", "zhitong.config.cli")


class DidNotStart(RuntimeError):
    """The instance ended, or did not answer in time; the message holds its last words."""


@dataclass(frozen=True, slots=True)
class Instance:
    """A running `zhitong serve`. ``county`` is what ``bench.county`` prepared."""

    port: int
    env: Mapping[str, str]
    server: subprocess.Popen[bytes]
    county: Mapping[str, Any]

    def processes(self) -> list[int]:
        """Process ids of everything below the main process: web and workers."""
        return descendants(self.server.pid)

    def zhitong(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run another command on the same data."""
        return run([*ZHITONG, *words], self.env)


@contextmanager
def instance(
    database_url: str = "", *, settings: str = "zhitong.config.settings", **more: object
) -> Iterator[Instance]:
    """Prepare a small county, serve it, and stop it again.

    ``more`` are settings by name, such as ``web_processes=2``. Raises DidNotStart.
    """
    with (
        prepared(database_url, settings=settings, **more) as (env, county),
        serving(env, county) as site,
    ):
        yield site


@contextmanager
def serving(env: Mapping[str, str], county: Mapping[str, Any]) -> Iterator[Instance]:
    """Serve a prepared county until the block ends. Raises DidNotStart."""
    folder, port = Path(env["ZHITONG_DATA"]), int(env["ZHITONG_PORT"])
    with (folder / "serve.log").open("wb") as log:
        server = start([*ZHITONG, "serve"], env, log)
    try:
        _wait(server, folder / "serve.log")
        yield Instance(port, env, server, county)
    finally:
        stop(server)


@contextmanager
def prepared(
    database_url: str = "", *, settings: str = "zhitong.config.settings", **more: object
) -> Iterator[tuple[dict[str, str], dict[str, Any]]]:
    """A small county that nothing serves: the variables it lives by, and what was prepared."""
    with tempfile.TemporaryDirectory(prefix="zhitong-bench-") as folder:
        env = {
            **os.environ,
            "ZHITONG_DATA": folder,
            "ZHITONG_DATABASE_URL": database_url,
            "ZHITONG_PORT": str(free_port()),
            "ZHITONG_DEMO": "0",
            "ZHITONG_SAY_LIMIT": UNLIMITED,
            "ZHITONG_API_LIMIT": UNLIMITED,
            "DJANGO_SETTINGS_MODULE": settings,
            **{f"ZHITONG_{name.upper()}": str(value) for name, value in more.items()},
        }
        done = run([sys.executable, "-m", "bench.county"], env)
        if done.returncode:
            raise DidNotStart(done.stderr[-2000:])
        yield env, json.loads(done.stdout.splitlines()[-1])


def stop(server: subprocess.Popen[bytes]) -> None:
    """End an instance, politely first."""
    if server.poll() is None:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def run(command: list[str], env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command to its end and keep what it says."""
    return subprocess.run(leashed(command), env=env, capture_output=True, text=True, check=False)


def start(command: list[str], env: Mapping[str, str], log: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start a server. It ends when we end, also when we are killed."""
    return subprocess.Popen(leashed(command), env=env, stdout=log, stderr=log)


def leashed(command: list[str]) -> list[str]:
    """The command as one that does not outlive us."""
    return [sys.executable, "-m", "bench.leashed", str(os.getpid()), *command]


def _wait(server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while "ready at" not in (words := log.read_text("utf-8", errors="replace")):
        if server.poll() is not None or time.monotonic() > deadline:
            raise DidNotStart(words[-2000:])
        time.sleep(0.1)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def descendants(root: int) -> list[int]:
    """Process ids below a process, itself left out, from /proc."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = path.read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        children.setdefault(int(after_name[1]), []).append(int(path.parent.name))
    found, waiting = [], [root]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def cpu_seconds(pids: list[int]) -> float:
    """User and system time that these processes have used so far; those gone count nothing."""
    ticks = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
