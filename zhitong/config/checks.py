"""System checks: the database is really set up as the settings say."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection

from zhitong.config import postgresql
from zhitong.config.doctor import sqlite


@register(Tags.database)
def database_is_set_up(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """What doctor would call bad about the database itself, asked of the database."""
    del kwargs
    if not databases:
        return []
    return _sqlite() if connection.vendor == "sqlite" else _postgresql()


def _postgresql() -> list[CheckMessage]:
    """The second wall holds our role too."""
    role = postgresql.passes_walls()
    if not role:
        return []
    return [Error(postgresql.too_mighty(role), hint=postgresql.lessen(role), id="database.E003")]


def _sqlite() -> list[CheckMessage]:
    """SQLite is new enough and its settings, read back, are the ones that keep data safe."""
    problems: list[CheckMessage] = [
        Error(says, id="database.E002") for says in sqlite.wrong_settings()
    ]
    if not sqlite.is_sound():
        oldest = ".".join(map(str, sqlite.OLDEST))
        problems.append(
            Error(
                f"SQLite {sqlite.version()} can corrupt a database in WAL mode",
                hint=f"install pysqlite3 with SQLite {oldest} or newer",
                id="database.E001",
            )
        )
    return problems
