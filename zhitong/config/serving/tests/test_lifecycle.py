"""``zhitong serve`` from its start to its end: what it needs, what it survives, what it leaves."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench.instance import descendants
from tests.instances import ZHITONG, answers, environment, free_port, until, zhitong

Serve = Callable[[], tuple[subprocess.Popen[bytes], int]]


@pytest.fixture
def serve(tmp_path: Path, database_kind: str) -> Iterator[Serve]:
    """Starts an instance and waits for its first page; kills what a test leaves running."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> tuple[subprocess.Popen[bytes], int]:
        port = free_port()
        env = environment(tmp_path / "data", database_kind, port=port)
        with (tmp_path / "said").open("wb") as said:
            process = subprocess.Popen([*ZHITONG, "serve"], env=env, stdout=said, stderr=said)
        started.append(process)
        until(lambda: b"ready at" in (tmp_path / "said").read_bytes() or process.poll() is not None)
        assert process.poll() is None, (tmp_path / "said").read_text()
        return process, port

    yield start
    for process in started:
        for pid in (*descendants(process.pid), process.pid):
            if alive(pid):
                os.kill(pid, signal.SIGKILL)
        process.wait()


def alive(pid: int) -> bool:
    """Whether the process runs; one that ended and waits to be buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_everything(serve: Serve, tmp_path: Path, number: int) -> None:
    process, port = serve()
    below = descendants(process.pid)
    assert len(below) >= 4
    process.send_signal(number)
    assert process.wait(20) == 0
    assert not [pid for pid in below if alive(pid)]
    assert "stopped" in (tmp_path / "said").read_text()
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", port))


def test_a_killed_child_is_started_again(serve: Serve) -> None:
    process, port = serve()
    for pid in descendants(process.pid):
        if alive(pid):
            os.kill(pid, signal.SIGKILL)
    until(lambda: answers(port), 30)
    until(lambda: len([pid for pid in descendants(process.pid) if alive(pid)]) >= 4, 30)


def test_without_the_parent_the_children_leave(serve: Serve) -> None:
    process, _ = serve()
    below = descendants(process.pid)
    process.kill()
    process.wait()
    until(lambda: not [pid for pid in below if alive(pid)], 20)


def test_a_busy_port_is_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = zhitong(environment(tmp_path), "serve", "--port", port)
    assert done.returncode == 1
    assert done.stderr == (
        f"zhitong serve: port {port} is busy: stop what listens there or choose another "
        "with --port\n"
    )


def mounted(options: str, folder: Path) -> list[str]:
    """Prefix that runs a command where ``folder`` is a small disk of its own."""
    unshare = shutil.which("unshare")
    assert unshare, "'unshare' is missing: install 'util-linux'"
    script = f'mount -t tmpfs -o {options} none "$0" && exec "$@"'
    return [unshare, "--map-root-user", "--mount", "sh", "-c", script, str(folder)]


@pytest.mark.parametrize(
    ("options", "says"),
    [("ro", "cannot be written: it is read-only"), ("size=8m", "is full")],
)
def test_a_disk_that_cannot_be_used_is_one_line(tmp_path: Path, options: str, says: str) -> None:
    env = environment(tmp_path, port=free_port())
    done = zhitong(env, "serve", prefix=mounted(options, tmp_path))
    assert done.returncode == 1
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_file_in_place_of_the_folder_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    done = zhitong(environment(tmp_path / "data"), "serve")
    assert done.returncode == 1
    assert "is a file, not a folder" in done.stderr


def test_a_worker_stops_when_told(tmp_path: Path, database_kind: str) -> None:
    env = environment(tmp_path, database_kind)
    assert zhitong(env, "migrate").returncode == 0
    worker = subprocess.Popen([*ZHITONG, "work"], env=env)
    until(lambda: hears(worker.pid, signal.SIGTERM), 30)
    worker.terminate()
    assert worker.wait(15) == 0


def hears(pid: int, number: signal.Signals) -> bool:
    """Whether a process has a handler for a signal (proc(5), SigCgt)."""
    status = Path(f"/proc/{pid}/status").read_text()
    caught = int(status.split("SigCgt:")[1].split()[0], 16)
    return bool(caught >> (number - 1) & 1)


def test_a_worker_without_a_database_waits_for_it(tmp_path: Path) -> None:
    env = environment(tmp_path)
    worker = subprocess.Popen([*ZHITONG, "work"], env=env)
    until(lambda: hears(worker.pid, signal.SIGTERM), 30)
    assert worker.poll() is None
    assert zhitong(env, "migrate").returncode == 0
    worker.terminate()
    assert worker.wait(15) == 0


def test_gunicorn_has_sane_settings() -> None:
    command = [sys.executable, "-m", "gunicorn", "-c", "python:zhitong.config.serving.web"]
    done = subprocess.run(
        [*command, "--check-config", "zhitong.config.wsgi:application"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
