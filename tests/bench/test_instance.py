"""What a benchmark starts ends with it, also when it is killed."""

import signal
import subprocess
import sys
import time
from pathlib import Path

SLEEPER = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"]
STARTER = f"""
import subprocess, time
from bench.instance import leashed
child = subprocess.Popen(leashed({SLEEPER!r}), stdout=subprocess.PIPE)
child.stdout.readline()
print(child.pid, flush=True)
time.sleep(60)
"""


def test_a_killed_benchmark_leaves_nothing_running() -> None:
    """Killed, not asked to stop: the child goes all the same."""
    command = [sys.executable, "-c", STARTER]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout
        child = int(starter.stdout.readline())
        assert _runs(child)
        starter.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 10
    while _runs(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _runs(child)


def _runs(process: int) -> bool:
    """Whether it is there and has not ended."""
    try:
        told = Path(f"/proc/{process}/stat").read_text("utf-8")
    except FileNotFoundError:
        return False
    return told.rpartition(") ")[2].split()[0] != "Z"
