"""Cursors that tell the session how far the acting scope reaches before they ask anything.

The telling sits in psycopg's own cursors, below Django's: statements one by one and many at
once, ``COPY``, rows that stream in, and server-side cursors all go through it, whoever made the
cursor and whether or not Django knows. What the session heard is remembered, so that a request
costs one or two extra statements.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg import sql
from psycopg.client_cursor import ClientCursorMixin
from psycopg.pq import TransactionStatus

from zhitong.kernel.databases.reach import NOTHING, told

CONTROL = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SET CONSTRAINTS")
TELL = (
    "SELECT set_config('zhitong.subtrees', %s, false), set_config('zhitong.own', %s, false),"
    " set_config('zhitong.link', %s, false), set_config('zhitong.beyond', %s, false)"
)
Reach = tuple[str, ...]
Connection = psycopg.Connection[Any]


class Teller:
    """One session and what it heard last."""

    def __init__(self) -> None:
        self._heard: Reach | None = None
        self._inside = False

    def tell(self, connection: Connection, reach: Reach) -> None:
        """Tell the session ``reach`` unless that is what it heard last.

        PostgreSQL takes settings back with the transaction they were made in. Once such a
        transaction is over, however it ended and whoever ended it, the session is told anew.
        """
        if self._inside and _is_idle(connection):
            self.forget()
        if reach != self._heard:
            with psycopg.ClientCursor(connection) as cursor:
                cursor.execute(TELL, reach)
            self._heard, self._inside = reach, not _is_idle(connection)

    def forget(self) -> None:
        """Nobody knows any more what the session heard."""
        self._heard, self._inside = None, False


def _is_idle(connection: Connection) -> bool:
    return connection.pgconn.transaction_status == TransactionStatus.IDLE


class _Telling(psycopg.Cursor[Any]):
    """What all cursors share: to tell before every way of asking."""

    def __init__(self, *args: Any, teller: Teller, **kwargs: Any) -> None:
        self._teller = teller
        self._reach: Reach = NOTHING
        super().__init__(*args, **kwargs)

    def _tell(self) -> None:
        self._reach = told()
        self._teller.tell(self.connection, self._reach)

    def execute(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        """As in psycopg. Commands about the transaction itself reach no rows and need no word."""
        words = _words(query)
        if ";" in words or not words.startswith(CONTROL):
            self._tell()
        try:
            return super().execute(query, *args, **kwargs)
        finally:
            if "ROLLBACK" in words or "rollback" in words:
                self._teller.forget()

    def executemany(self, *args: Any, **kwargs: Any) -> Any:
        """As in psycopg."""
        self._tell()
        return super().executemany(*args, **kwargs)

    def stream(self, *args: Any, **kwargs: Any) -> Iterator[Any]:
        """As in psycopg; nothing else can be asked until the last row is in."""
        self._tell()
        yield from super().stream(*args, **kwargs)

    @contextmanager
    def copy(self, *args: Any, **kwargs: Any) -> Iterator[Any]:
        """As in psycopg."""
        self._tell()
        with super().copy(*args, **kwargs) as copying:
            yield copying


def _words(query: Any) -> str:
    if isinstance(query, str):
        return query
    if isinstance(query, sql.Composable):
        return query.as_string()
    return bytes(query).decode(errors="replace")


class TellingCursor(_Telling, base.Cursor):
    """A cursor whose rows come at once."""


class TellingServerCursor(_Telling, ClientCursorMixin[Connection, Any], psycopg.ServerCursor[Any]):
    """A cursor whose rows PostgreSQL finds while they are fetched.

    Each fetch has the reach under which the cursor was opened, whoever acts by then.
    """

    def _keep(self) -> None:
        self._teller.tell(self.connection, self._reach)

    def fetchone(self) -> Any:
        """As in psycopg."""
        self._keep()
        return super().fetchone()

    def fetchmany(self, size: int = 0) -> Any:
        """As in psycopg."""
        self._keep()
        return super().fetchmany(size)

    def fetchall(self) -> Any:
        """As in psycopg."""
        self._keep()
        return super().fetchall()

    def __next__(self) -> Any:
        self._keep()
        return super().__next__()

    def scroll(self, value: int, mode: str = "relative") -> None:
        """As in psycopg."""
        self._keep()
        super().scroll(value, mode)
