"""Waking a sleeping worker when something was committed. One way for each database.

This is one of the few places built for a particular database: SQLite tells a connection that
another one has committed by a changed ``data_version``; PostgreSQL sends a notification.
"""

import threading
import time
from contextlib import closing
from typing import Protocol

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

CHANNEL = "zhitong_outbox"
GLANCE = 0.05  # seconds between two looks at SQLite's data version
SLICE = 0.4  # seconds after which a wait looks whether the worker shall stop


class Bell(Protocol):
    """Rings when there may be work. It may ring for nothing, and never for long in vain."""

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        """Sleep until the bell rings (True), the time is over or ``stop`` is set (False)."""

    def close(self) -> None:
        """Give the connection back."""


def hang() -> Bell:
    """A bell on a connection of its own. What is committed from now on rings it."""
    connection = connections.create_connection(DEFAULT_DB_ALIAS)
    return NoticeBell(connection) if connection.vendor == "postgresql" else FileBell(connection)


class FileBell:
    """SQLite: looks at the data version, which costs no lock and no read transaction."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection
        self.seen = self._version()

    def _version(self) -> int:
        with self.connection.cursor() as cursor:
            cursor.execute("PRAGMA data_version")
            return int(cursor.fetchone()[0])

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        """See Bell."""
        deadline = time.monotonic() + seconds
        while True:
            version = self._version()
            if version != self.seen:
                self.seen = version
                return True
            if time.monotonic() >= deadline or stop.wait(GLANCE):
                return False

    def close(self) -> None:
        """See Bell."""
        self.connection.close()


class NoticeBell:
    """PostgreSQL: listens on a channel that emit() notifies inside the transaction."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        """See Bell."""
        deadline = time.monotonic() + seconds
        while not stop.is_set() and (left := deadline - time.monotonic()) > 0:
            notices = self.connection.connection.notifies(timeout=min(left, SLICE), stop_after=1)
            with closing(notices):
                if any(True for _ in notices):
                    return True
        return False

    def close(self) -> None:
        """See Bell."""
        self.connection.close()
