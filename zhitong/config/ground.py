"""What has to be so before anything is started: a folder one can write to, room, a free port."""

import errno
import fcntl
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zhitong.config.obstacles import Obstacle

ROOM = 64 * 1024 * 1024  # bytes that must be free to start
WILDCARDS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104


def check_folder(data: Path) -> None:
    """Raise Obstacle unless ``data`` is, or can become, a folder with room to write in."""
    if data.exists() and not data.is_dir():
        raise Obstacle(f"{data} is a file, not a folder: choose another with --data")
    try:
        data.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=data) as probe:
            probe.write(b"\0" * 4096)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise Obstacle(_full(data)) from error
        raise Obstacle(
            f"the data folder {data} cannot be written: it is read-only or belongs to somebody "
            "else; choose another with --data"
        ) from error
    if shutil.disk_usage(data).free < ROOM:
        raise Obstacle(_full(data))


def _full(data: Path) -> str:
    return f"the disk that holds {data} is full: at least {ROOM // 2**20} MB must be free"


@contextmanager
def occupied(data: Path, *, alone: bool = False) -> Iterator[None]:
    """Hold the data folder while running in it; ``alone`` when its database is being replaced.

    Raises Obstacle when somebody else is in the way. The lock goes with the process.
    """
    with (data / "running.lock").open("a") as file:
        try:
            fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError as error:
            who = "'zhitong serve' or a worker" if alone else "a restore or reset"
            raise Obstacle(f"{who} is running on {data}: let it finish or stop it first") from error
        yield


def listen(address: str, port: int) -> socket.socket:
    """The listening socket, opened before anything else is started. Raises Obstacle.

    The main process keeps it open, so that connections wait in line while web processes are
    being replaced, instead of being refused.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((address, port))
    except OSError as error:
        door.close()
        raise Obstacle(_taken(address, port, error)) from error
    door.listen(1024)
    os.set_inheritable(door.fileno(), True)
    return door


def _taken(address: str, port: int, error: OSError) -> str:
    if isinstance(error, PermissionError):
        return f"port {port} needs root: choose one above 1023 with --port"
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is busy: stop what listens there or choose another with --port"
    return f"cannot listen on {address}:{port}: {error.strerror}"
