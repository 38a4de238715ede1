"""A PostgreSQL server of one's own in a temporary folder, for tests and benchmarks.

It listens on a free port of the loopback address and on a socket in its folder, needs no system
service and goes away with the process that started it. PostgreSQL refuses to run as root; there
it runs as ``postgres`` (or ``nobody``).
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

OWNER = "zhitong"
INSTALLED = Path("/usr/lib/postgresql")  # where Debian puts every version
OLDEST = 15
STARTS_WITHIN = 30.0  # seconds
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
SETTINGS = ("shared_buffers=128MB", "max_connections=120", "listen_addresses=127.0.0.1")


class ClusterError(RuntimeError):
    """PostgreSQL is missing, too old, or did not start; the message says which."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server: whom to connect as, and where. `pid` is the postmaster's."""

    folder: Path
    port: int
    password: str
    pid: int

    def url(self, database: str = OWNER) -> str:
        """Address of a database for the owner role, which is not a superuser."""
        return f"postgresql://{OWNER}:{self.password}@127.0.0.1:{self.port}/{database}"


def programs() -> Path:
    """Folder of ``initdb`` and ``postgres``: Debian's newest version, else the one on the path."""
    folders = [path.parent for path in INSTALLED.glob("*/bin/initdb")]
    if not folders and (found := shutil.which("initdb")):
        folders = [Path(found).resolve().parent]
    if not folders:
        raise ClusterError("PostgreSQL's server programs are missing: install 'postgresql'")
    folder = max(folders, key=_version)
    if _version(folder) < OLDEST:
        raise ClusterError(f"PostgreSQL {_version(folder)} is too old: {OLDEST} or newer is needed")
    return folder


def _version(folder: Path) -> int:
    command = [str(folder / "postgres"), "--version"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return int(printed.split()[2].split(".")[0])


def _runner() -> str | None:
    """The account that must run the server when we are root; None when we are not."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _as_runner(runner: str | None) -> list[str]:
    """Prefix that gives up root and dies with us."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise ClusterError("'setpriv' is missing: install 'util-linux'")
    prefix = [setpriv, "--pdeathsig", "QUIT"]
    if runner is not None:
        account = pwd.getpwnam(runner)
        prefix += [f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
    return [*prefix, "--"]


def _lay_out(binaries: Path, folder: Path, prefix: list[str]) -> None:
    command = [*prefix, str(binaries / "initdb"), "--pgdata", str(folder / "data")]
    command += ["--username=postgres", "--auth-local=trust", "--auth-host=scram-sha-256"]
    command += ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ClusterError(f"initdb failed: {done.stderr.strip()}")


def _connect(folder: Path, port: int) -> psycopg.Connection[tuple[object, ...]]:
    """The superuser's connection, as soon as the server answers."""
    deadline = time.monotonic() + STARTS_WITHIN
    address = f"host={folder} port={port} user=postgres dbname=postgres"
    while True:
        try:
            return psycopg.connect(address, autocommit=True)
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                log = (folder / "log").read_text(errors="replace")
                raise ClusterError(f"PostgreSQL did not start: {log[-2000:]}") from error
            time.sleep(0.05)


def superuser(server: Cluster) -> psycopg.Connection[tuple[object, ...]]:
    """A connection that may do anything, for what the owner role must not."""
    return _connect(server.folder, server.port)


def _prepare(folder: Path, port: int, password: str) -> None:
    """Create the owner role and its database."""
    with _connect(folder, port) as connection:
        role = sql.SQL("CREATE ROLE {} LOGIN CREATEDB CREATEROLE PASSWORD {}")
        connection.execute(role.format(sql.Identifier(OWNER), sql.Literal(password)))
        database = sql.SQL("CREATE DATABASE {} OWNER {}")
        connection.execute(database.format(sql.Identifier(OWNER), sql.Identifier(OWNER)))


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[Cluster]:
    """Run a server until the block ends. Not `durable` = fast and unsafe, for tests only.

    Raises ClusterError when PostgreSQL is missing, too old or does not start.
    """
    binaries = programs()
    runner = _runner()
    prefix = _as_runner(runner)
    folder = Path(tempfile.mkdtemp(prefix="zhitong-pg-"))
    if runner is not None:
        shutil.chown(folder, runner)
    port, password = _free_port(), secrets.token_hex(16)
    settings = [*SETTINGS, f"unix_socket_directories={folder}", *(() if durable else QUICK)]
    command = [*prefix, str(binaries / "postgres"), "-D", str(folder / "data"), "-p", str(port)]
    for setting in settings:
        command += ["-c", setting]
    try:
        _lay_out(binaries, folder, prefix)
        with (folder / "log").open("w") as log:
            server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            _prepare(folder, port, password)
            yield Cluster(folder, port, password, server.pid)
        finally:
            server.send_signal(signal.SIGINT if durable else signal.SIGQUIT)
            server.wait(timeout=STARTS_WITHIN)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
