"""Starting processes, starting them again when they die, and leaving none behind."""

import ctypes
import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

log = logging.getLogger(__name__)
GRACE = 10.0  # seconds between asking a process to stop and killing it
STEADY = 5.0  # seconds after which a process counts as having started well
LONGEST_PAUSE = 30.0
LOOK = 0.1
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def die_with_parent(parent: int) -> None:
    """Ask the kernel to end this process when its parent is gone. Linux only; else no effect."""
    if hasattr(_libc, "prctl"):
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)


@dataclass(slots=True)
class Child:
    """One process that shall always run."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    fds: Sequence[int] = ()
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    again_at: float = field(default=0.0)

    def start(self) -> None:
        """Start it as our child that dies with us."""
        parent = os.getpid()
        self.process = subprocess.Popen(  # noqa: S603
            self.command,
            env=self.env,
            pass_fds=self.fds,
            stdin=subprocess.DEVNULL,
            preexec_fn=lambda: die_with_parent(parent),  # noqa: PLW1509
        )
        self.started = time.monotonic()

    def look(self) -> None:
        """Start it again if it is gone: at once, but after a pause when it keeps failing."""
        if self.process is None:
            if time.monotonic() >= self.again_at:
                self.start()
        elif (code := self.process.poll()) is not None:
            killed = code < 0
            steady = time.monotonic() - self.started > STEADY
            self.failures = 0 if killed or steady else self.failures + 1
            pause = min(LONGEST_PAUSE, 0.1 * 2.0**self.failures) if self.failures > 1 else 0.0
            log.warning("%s ended with code %s: starting it again", self.name, code)
            self.process = None
            self.again_at = time.monotonic() + pause

    def alive(self) -> bool:
        """Whether the process runs now."""
        return self.process is not None and self.process.poll() is None


def watch(children: Sequence[Child], stop: threading.Event) -> None:
    """Keep all children running until ``stop`` is set."""
    while not stop.wait(LOOK):
        for child in children:
            child.look()


def end(children: Sequence[Child]) -> None:
    """Ask every child to stop; kill what has not stopped after GRACE seconds."""
    deadline = time.monotonic() + GRACE
    for child in children:
        if child.process is not None and child.alive():
            child.process.terminate()
    for child in children:
        if child.process is None:
            continue
        try:
            child.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            log.warning("%s did not stop in time: killed", child.name)
            child.process.kill()
            child.process.wait()
