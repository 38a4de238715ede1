"""The database: which one, set up how, up to date, and behind its second wall."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection

from zhitong.config import postgresql
from zhitong.config.doctor import sqlite
from zhitong.config.doctor.findings import Finding, bad, look, ok
from zhitong.config.serving.database import pending
from zhitong.kernel.guarded import Guarded

OLDEST_POSTGRESQL = 15


def findings() -> Iterator[Finding]:
    """Everything about the database."""
    yield from _postgresql() if connection.vendor == "postgresql" else _sqlite()
    waiting = pending()
    if waiting:
        yield bad("migrations", f"{len(waiting)} are waiting", "run 'zhitong migrate'")
    else:
        yield ok("migrations", "none are waiting")


def _sqlite() -> Iterator[Finding]:
    if sqlite.is_sound():
        yield ok("database", f"SQLite {sqlite.version()}")
    else:
        oldest = ".".join(map(str, sqlite.OLDEST))
        yield bad(
            "database",
            f"SQLite {sqlite.version()} can corrupt the database",
            f"install pysqlite3 with SQLite {oldest} or newer",
        )
    if wrong := list(sqlite.wrong_settings()):
        yield bad("database settings", "; ".join(wrong), "mend DATABASES in the settings")
    else:
        settings = ", ".join(f"{name}={value}" for name, value in sqlite.read_back().items())
        yield ok("database settings", settings)


def _postgresql() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        version = int(cursor.fetchone()[0]) // 10_000
        cursor.execute("SHOW synchronous_commit")
        commits = cursor.fetchone()[0]
    if version < OLDEST_POSTGRESQL:
        yield bad("database", f"PostgreSQL {version} is too old", "install 15 or newer")
    else:
        yield ok("database", f"PostgreSQL {version}")
    if commits == "off":
        todo = "set synchronous_commit to on: a power cut would lose what was acknowledged"
        yield bad("database settings", "synchronous_commit is off", todo)
    else:
        yield ok("database settings", f"synchronous_commit={commits}")
    yield _walls()


def _walls() -> Finding:
    if role := postgresql.passes_walls():
        return bad("second wall", postgresql.too_mighty(role), postgresql.lessen(role))
    guarded = {model._meta.db_table for model in apps.get_models() if issubclass(model, Guarded)}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c WHERE c.relrowsecurity AND c.relforcerowsecurity "
            "AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid)"
        )
        walled = {name for (name,) in cursor.fetchall()}
    if bare := sorted(guarded - walled):
        todo = "add RaiseWall to a migration"
        return look("second wall", f"no row-level security on {', '.join(bare)}", todo)
    return ok("second wall", f"row-level security on {len(guarded)} tables")
