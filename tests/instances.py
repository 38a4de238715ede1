"""Commands and whole instances in processes of their own, for tests that need them."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import uuid4

import psycopg

ZHITONG = (sys.executable, "-m", "zhitong.config.cli")
PATIENCE = 90.0  # seconds


def own_database(kind: str) -> str:
    """Address of a new, empty PostgreSQL database on the tests' server, or '' for SQLite."""
    if kind == "sqlite":
        return ""
    address, name = os.environ["ZHITONG_DATABASE_URL"], f"own_{uuid4().hex[:12]}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return f"{address.rpartition('/')[0]}/{name}"


def environment(data: Path, kind: str = "sqlite", **more: object) -> dict[str, str]:
    """Settings of an instance of one's own; ``more`` by name, such as ``demo=1``."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ZHITONG_")}
    own = {"data": data, "database_url": own_database(kind), "demo": 0, **more}
    return {**kept, **{f"ZHITONG_{name.upper()}": str(value) for name, value in own.items()}}


def zhitong(
    env: Mapping[str, str], *words: object, prefix: Sequence[str] = ()
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    command = [*prefix, *ZHITONG, *map(str, words)]
    return subprocess.run(
        command, env=env, capture_output=True, text=True, timeout=PATIENCE, check=False
    )


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(condition, seconds: float = PATIENCE) -> None:
    """Wait for something to become true; fail when it does not."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)


def answers(port: int) -> bool:
    """Whether the first page comes."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
            return bool(page.status == 200)
    except (urllib.error.URLError, OSError):
        return False
