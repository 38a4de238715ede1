"""The database as a file and back: what both kinds have in common."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from django.db import connection

from zhitong.config.backup.postgresql import PostgreSQLStore
from zhitong.config.backup.sqlite import SQLiteStore

Counts = dict[str, int]
TriedOut = tuple[Counts, dict[str, str]]


class Store(Protocol):
    """How one kind of database is copied, tried out and put back."""

    engine: str
    file: str

    def copy(self, folder: Path) -> Counts:
        """Write a consistent copy while others write; return the rows of every table."""

    def tried_out(self, folder: Path) -> AbstractContextManager[TriedOut]:
        """Open a copy beside the real one: rows per table, and an environment to look at it."""

    def put_back(self, folder: Path) -> None:
        """Replace the database by a copy."""

    def wipe(self) -> None:
        """Delete everything in the database, tables included."""

    def holds_data(self) -> bool:
        """Whether there is a database that putting back would overwrite."""


def store() -> Store:
    """The store of this instance."""
    return PostgreSQLStore() if connection.vendor == "postgresql" else SQLiteStore()
