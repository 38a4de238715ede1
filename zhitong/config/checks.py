"""System checks: the database is really set up as the settings say."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection

from zhitong.config.doctor import sqlite


@register(Tags.database)
def database_is_set_up(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """SQLite is new enough and its settings, read back, are the ones that keep data safe."""
    del kwargs
    if not databases or connection.vendor != "sqlite":
        return []
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
