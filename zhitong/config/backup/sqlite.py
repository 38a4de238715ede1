"""SQLite as a file and back. A place built for this one database."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from zhitong.config.obstacles import Obstacle

Counts = dict[str, int]


class SQLiteStore:
    """One file, copied by SQLite's online backup."""

    engine = "sqlite"
    file = "zhitong.sqlite3"

    def copy(self, folder: Path) -> Counts:
        """See Store. One step within one read transaction: writers go on meanwhile."""
        connection.ensure_connection()
        with closing(sqlite3.connect(folder / self.file)) as target:
            connection.connection.backup(target, pages=-1)
            target.execute("PRAGMA journal_mode=DELETE")
            _sound(target)
            return _counted(target)

    @contextmanager
    def tried_out(self, folder: Path) -> Iterator[tuple[Counts, dict[str, str]]]:
        """See Store."""
        with closing(sqlite3.connect(folder / self.file)) as opened:
            _sound(opened)
            counts = _counted(opened)
        yield counts, {"ZHITONG_DATABASE_URL": ""}

    def put_back(self, folder: Path) -> None:
        """See Store. The old file and its companions go; the copy takes their place."""
        place = Path(connection.settings_dict["NAME"])
        fresh = place.with_name(place.name + ".restored")
        shutil.copyfile(folder / self.file, fresh)
        with fresh.open("rb") as file:
            os.fsync(file.fileno())
        self.wipe()
        fresh.replace(place)

    def wipe(self) -> None:
        """See Store."""
        connection.close()
        place = Path(connection.settings_dict["NAME"])
        for ending in ("-wal", "-shm", "-journal", ""):
            place.with_name(place.name + ending).unlink(missing_ok=True)

    def holds_data(self) -> bool:
        """See Store."""
        place = Path(connection.settings_dict["NAME"])
        return place.exists() and place.stat().st_size > 0


def _sound(opened: sqlite3.Connection) -> None:
    verdict = [row[0] for row in opened.execute("PRAGMA integrity_check")]
    if verdict != ["ok"]:
        raise Obstacle(f"the database is damaged: {verdict[0]}")
    if opened.execute("PRAGMA foreign_key_check").fetchone():
        raise Obstacle("the database is damaged: a row points to one that is not there")


def _counted(opened: sqlite3.Connection) -> Counts:
    named = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ordinary = [name for (name,) in opened.execute(named)]
    return {name: _count(opened, name) for name in sorted(ordinary)}


def _count(opened: sqlite3.Connection, table: str) -> int:
    quoted = '"' + table.replace('"', '""') + '"'
    return int(opened.execute(f"SELECT count(*) FROM {quoted}").fetchone()[0])  # noqa: S608
