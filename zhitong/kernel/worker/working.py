"""The loop of one worker process: hear facts in the main thread, run timers beside it."""

import faulthandler
import logging
import os
import threading
import time
from collections.abc import Callable

from django.db import close_old_connections, connection

from zhitong.kernel.bus.faults import Attempt, describe
from zhitong.kernel.bus.relay import Relay
from zhitong.kernel.worker.bell import Bell, hang
from zhitong.kernel.worker.ticking import LEASE, Ticker

log = logging.getLogger(__name__)
LOOK = 1.0  # seconds: the longest sleep between two looks at the outbox
TICK = 0.5  # seconds between two looks at the timers
RENEW = LEASE.total_seconds() / 6
PAUSE = 1.0  # seconds to wait when the database does not answer
HUNG = 120.0  # seconds after which a worker whose listeners do not come back ends itself
LAST_WORDS = 8.0  # seconds that a running timer gets to finish


class Worker:
    """Relay and timers until ``stop`` is set, or until ``parent`` is no longer our parent.

    A listener that hangs would hold its transaction for ever. After ``patience`` seconds the
    process ends itself, which rolls back, and prints where it stood; the delivery counts as
    tried, like any that a dead worker left behind.
    """

    def __init__(self, stop: threading.Event, *, parent: int = 0, patience: float = HUNG) -> None:
        self.stop = stop
        self.parent = parent
        self.patience = patience
        self.relay = Relay()
        self.ticker = Ticker()
        self.bell: Bell | None = None
        self.renewed = 0.0

    def run(self) -> None:
        """Work until told to stop. A database that does not answer is waited for."""
        timers = threading.Thread(target=self._timers, name="timers", daemon=True)
        timers.start()
        while not self.stop.is_set():
            self._guarded(self._once)
            if self.parent and os.getppid() != self.parent:
                log.warning("the process that started this worker is gone: stopping")
                self.stop.set()
        timers.join(LAST_WORDS)
        self._let_go()

    def _once(self) -> None:
        self.bell = self.bell or hang()
        faulthandler.dump_traceback_later(self.patience, exit=True)
        try:
            claimed, _ = self.relay.step()
        finally:
            faulthandler.cancel_dump_traceback_later()
        if time.monotonic() - self.renewed > RENEW:
            self.renewed = time.monotonic()
            self.ticker.renew()
            close_old_connections()
        if not claimed:
            self.bell.wait(LOOK, self.stop)

    def _timers(self) -> None:
        while not self.stop.is_set():
            self._guarded(self.ticker.tick)
            self.stop.wait(TICK)
        connection.close()

    def _guarded(self, step: Callable[[], object]) -> None:
        """Take one step; when it fails, say so, drop this thread's connection and wait a little."""
        with Attempt() as attempt:
            step()
        if attempt.error is not None:
            log.error("worker: %s", describe(attempt.error))
            with Attempt():
                self._let_go()
            self.stop.wait(PAUSE)

    def _let_go(self) -> None:
        connection.close()
        if self.bell is not None and threading.current_thread() is threading.main_thread():
            bell, self.bell = self.bell, None
            bell.close()
