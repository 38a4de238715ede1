"""Making a database give up the bytes of what was removed. A place built for these two databases.

Deleting a row leaves its bytes in free pages, in the index of words, in the write-ahead log and
in the planner's samples until something else is written there. Here they are really gone:

- SQLite: every full-text index is merged into one segment (a delete is a mark in a later one),
  ``VACUUM`` writes the file anew, and the checkpoint truncates the write-ahead log.
- PostgreSQL: ``VACUUM FULL`` writes each table and its indexes anew, ``ANALYZE`` draws new samples,
  and the table that held the old ones is written anew too. The server's own write-ahead log is
  overwritten as it turns over; see docs/operations.md.
"""

from collections.abc import Iterable

from django.apps import apps
from django.db import connection

from zhitong.kernel.retention.registry import RETENTION, Kind
from zhitong.kernel.search.fields import TokensField, table_of


def clear() -> None:
    """Rewrite the database. Others wait meanwhile: seconds for a county, so it runs at night.

    Raises RuntimeError inside a transaction, where nothing of this is possible.
    """
    if connection.in_atomic_block:
        raise RuntimeError("clear() inside a transaction")
    _run(_SQL[connection.vendor]())


def _sqlite() -> list[str]:
    merge = [f'INSERT INTO "{index}"("{index}") VALUES (\'optimize\')' for index in _indexes()]  # noqa: S608
    return [*merge, "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"]


def _indexes() -> list[str]:
    """The full-text tables of every model that has tokens."""
    models = (
        model
        for model in apps.get_models()
        if any(isinstance(field, TokensField) for field in model._meta.local_fields)
    )
    return sorted(table_of(model).index for model in models)


def _postgresql() -> list[str]:
    tables = sorted(
        model._meta.db_table
        for model in apps.get_models()
        if RETENTION[model._meta.label].kind is not Kind.REFERENCE
    )
    anew = [f'VACUUM (FULL, ANALYZE) "{table}"' for table in tables]
    return [*anew, "VACUUM FULL pg_catalog.pg_statistic"]


_SQL = {"sqlite": _sqlite, "postgresql": _postgresql}


def _run(statements: Iterable[str]) -> None:
    for statement in statements:
        with connection.cursor() as cursor:
            cursor.execute(statement)
