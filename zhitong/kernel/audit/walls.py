"""Triggers that keep entries, tiles and checkpoints as they are, on both databases.

They stop accidents and casual tampering; what stops the rest is that tampering shows. Allowed
are: giving an entry its place once, emptying an entry whose hash stays, lengthening a tile.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

from zhitong.kernel.audit.record import FIELDS

BODY = FIELDS[2:]
TABLES = ("audit_entry", "audit_tile", "audit_checkpoint")


def _same(*columns: str) -> str:
    return " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in columns)


SEQUENCED = f"OLD.seq IS NULL AND NEW.seq >= 0 AND {_same(*FIELDS, 'salt', 'leaf')}"
ERASED = (
    f"{_same('id', 'seq', 'leaf', 'seal')} AND length(NEW.salt) = 0 AND NEW.at_us = 0 AND "
    + " AND ".join(f"NEW.{name} = ''" for name in BODY)
)
LONGER = (
    f"{_same('level', 'number')} AND length(NEW.hashes) > length(OLD.hashes) "
    "AND substr(NEW.hashes, 1, length(OLD.hashes)) = OLD.hashes"
)
ALLOWED = {
    "audit_entry": f"({SEQUENCED}) OR ({ERASED})",
    "audit_tile": LONGER,
    "audit_checkpoint": "1 = 0",
}


def _sqlite_raise(table: str) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    unless = f"WHEN ({ALLOWED[table]}) IS NOT TRUE {refuse}"
    return [
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {unless}",
    ]


def _sqlite_lower(table: str) -> list[str]:
    return [f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for verb in ("delete", "update")]


def _postgresql_raise(table: str) -> list[str]:
    function, refuse = f"{table}_refuse()", f"EXECUTE FUNCTION {table}_refuse()"
    body = f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
    unless = f"FOR EACH ROW WHEN (({ALLOWED[table]}) IS NOT TRUE) {refuse}"
    return [
        f"CREATE OR REPLACE FUNCTION {function} RETURNS trigger LANGUAGE plpgsql AS {body}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW {refuse}",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {unless}",
    ]


def _postgresql_lower(table: str) -> list[str]:
    drops = [
        f"DROP TRIGGER IF EXISTS {table}_no_{verb} ON {table}"
        for verb in ("delete", "truncate", "update")
    ]
    return [*drops, f"DROP FUNCTION IF EXISTS {table}_refuse()"]


RAISE = {"sqlite": _sqlite_raise, "postgresql": _postgresql_raise}
LOWER = {"sqlite": _sqlite_lower, "postgresql": _postgresql_lower}


def raise_walls(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers up. Fails when they stand already."""
    _run(connection, [line for table in TABLES for line in RAISE[connection.vendor](table)])


def lower_walls(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers down: before the tables are flushed or remade."""
    _run(connection, [line for table in TABLES for line in LOWER[connection.vendor](table)])


@contextmanager
def raised(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """The triggers stand within the block, and not after it."""
    lower_walls(connection)
    raise_walls(connection)
    try:
        yield
    finally:
        lower_walls(connection)


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
