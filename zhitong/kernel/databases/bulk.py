"""Many rows into one table at once, by the way that is fast on each database.

PostgreSQL would spend most of its time on reading statements with thousands of parameters, and
Python on writing them: rows go by ``COPY`` into a table that ends with the transaction, and
from there into their place in one statement. Names come from our own code and are quoted.
"""
# ruff: noqa: S608

from collections.abc import Sequence
from typing import Any

from django.db import connection

Rows = Sequence[Sequence[Any]]


def insert(table: str, columns: Sequence[str], rows: Rows, *, conflict: str) -> None:
    """Insert one or more rows, inside a transaction.

    ``conflict`` says what becomes of those already there: an ``ON CONFLICT`` clause in the
    words that both databases share.
    """
    names = ", ".join(f'"{column}"' for column in columns)
    ENGINES[connection.vendor](table, names, rows, conflict)


def _sqlite(table: str, names: str, rows: Rows, conflict: str) -> None:
    places = ", ".join(["%s"] * len(rows[0]))
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places}) {conflict}', rows)


def _postgresql(table: str, names: str, rows: Rows, conflict: str) -> None:
    scratch = f"{table}_incoming"
    with connection.cursor() as cursor:
        cursor.execute(
            f'CREATE TEMPORARY TABLE "{scratch}" ON COMMIT DROP AS '
            f'SELECT {names} FROM "{table}" WITH NO DATA'
        )
        with cursor.copy(f'COPY "{scratch}" ({names}) FROM STDIN') as copying:
            for row in rows:
                copying.write_row(row)
        cursor.execute(
            f'INSERT INTO "{table}" ({names}) SELECT {names} FROM "{scratch}" {conflict}'
        )
        cursor.execute(f'DROP TABLE "{scratch}"')


ENGINES = {"sqlite": _sqlite, "postgresql": _postgresql}
