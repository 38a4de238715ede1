"""What SQLite must be like, read back from the connection. A place built for this database."""

import sqlite3
from collections.abc import Iterator

from django.db import connection

OLDEST = (3, 51, 3)
"""Older versions can corrupt a WAL database that several connections use (WAL-reset bug)."""
PRAGMAS = {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"}
SHORTEST_WAIT = 5000  # milliseconds


def version() -> str:
    """The version of the library that is really in use."""
    return sqlite3.sqlite_version


def is_sound() -> bool:
    """Whether the library has the fix for the WAL-reset bug."""
    return sqlite3.sqlite_version_info >= OLDEST


def read_back() -> dict[str, str]:
    """The settings as the connection has them, whatever the configuration says."""
    with connection.cursor() as cursor:
        found = {}
        for name in (*PRAGMAS, "busy_timeout"):
            cursor.execute(f"PRAGMA {name}")
            found[name] = str(cursor.fetchone()[0])
        return found


def wrong_settings() -> Iterator[str]:
    """Every setting that is not as it must be, in words."""
    found = read_back()
    for name, wanted in PRAGMAS.items():
        if found[name] != wanted and not (name == "journal_mode" and _in_memory()):
            yield f"{name} is {found[name]}, not {wanted}"
    if int(found["busy_timeout"]) < SHORTEST_WAIT:
        yield f"busy_timeout is {found['busy_timeout']} ms, less than {SHORTEST_WAIT}"
    if connection.settings_dict["OPTIONS"].get("transaction_mode") != "IMMEDIATE":
        yield "transactions do not begin IMMEDIATE: reads that become writes would fail"


def _in_memory() -> bool:
    """A database in memory, as tests have it, keeps no journal file."""
    return "memory" in str(connection.settings_dict["NAME"])
