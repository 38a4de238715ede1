"""Whoever asks, and however: the session has been told who is acting now, not who was before.

Asked are the ways round Django's own cursor wrapper, where a reach told earlier could linger.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from zhitong.kernel.scope import Reach, Scope, acting
from zhitong.loop.models import Matter
from zhitong.loop.tests.county import OTHER_TOWN, TOWN, County, path_of, said

SQL = "SELECT words FROM loop_matter ORDER BY words"
COPY = "COPY (SELECT words FROM loop_matter ORDER BY words) TO STDOUT"


def here(code: str) -> Scope:
    """Somebody who reaches one township."""
    return Scope("staff:x", Reach((path_of(code),)), frozenset(), "test")


def by_copy(cursor: Any) -> list[str]:
    """What COPY hands out."""
    with cursor.copy(COPY) as copying:
        return [row[0] for row in copying.rows()]


def by_wrapped_copy() -> list[str]:
    """COPY, through Django's wrapper, which knows nothing of it."""
    with connection.cursor() as cursor:
        return by_copy(cursor)


def raw() -> Any:
    """The driver's own connection."""
    connection.ensure_connection()
    return connection.connection


def by_many() -> list[str]:
    """One statement for many parameters."""
    cursor = raw().cursor()
    cursor.executemany("SELECT words FROM loop_matter WHERE 1 = %s", [(1,)], returning=True)
    return [row[0] for row in cursor]


def by_chunks() -> list[str]:
    """Django's server-side cursor."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(SQL)
        return [row[0] for row in cursor.fetchmany(10)]


def by_name() -> list[str]:
    """The driver's server-side cursor."""
    with transaction.atomic(), raw().cursor("probe") as cursor:
        cursor.execute(SQL)
        return [row[0] for row in cursor]


WAYS: dict[str, Callable[[], list[str]]] = {
    "wrapped copy": by_wrapped_copy,
    "raw copy": lambda: by_copy(raw().cursor()),
    "raw execute": lambda: [row[0] for row in raw().execute(SQL)],
    "raw bytes": lambda: [row[0] for row in raw().cursor().execute(SQL.encode())],
    "raw many": by_many,
    "raw stream": lambda: [row[0] for row in raw().cursor().stream(SQL)],
    "chunks": by_chunks,
    "named": by_name,
}


@pytest.fixture
def two(county: County) -> None:
    """A matter in each of two townships."""
    said("甲", "n1")
    said("乙", "n2", OTHER_TOWN)


@pytest.mark.parametrize("way", WAYS)
def test_no_way_of_asking_uses_the_last_reach(two: None, way: str) -> None:
    """Somebody acted, somebody else acts, nobody acts: three answers."""
    if connection.vendor == "sqlite":
        assert [row[0] for row in raw().execute(SQL)] == ["乙", "甲"]  # no second wall here
        return
    ask = WAYS[way]
    with acting(here(TOWN)):
        assert Matter.objects.count() == 1
        assert ask() == ["甲"]
    with acting(here(OTHER_TOWN)):
        assert ask() == ["乙"]
    assert ask() == []


def test_rows_still_to_be_fetched_keep_the_reach_they_were_asked_under(two: None) -> None:
    """PostgreSQL looks at the settings when it finds the rows, which can be after a change."""
    with acting(here(TOWN)):
        rows = Matter.objects.order_by("words").iterator(chunk_size=1)
        if connection.vendor == "sqlite":
            assert [matter.words for matter in rows] == ["甲"]
            return
        with transaction.atomic(), connection.chunked_cursor() as cursor:
            cursor.execute(SQL)
            with acting(here(OTHER_TOWN)):
                assert [matter.words for matter in Matter.objects.all()] == ["乙"]
                assert cursor.fetchmany(10) == [("甲",)]
                assert [matter.words for matter in Matter.objects.all()] == ["乙"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("end", ["rollback", "commit"])
def test_a_transaction_ended_behind_djangos_back_leaves_no_reach(two: None, end: str) -> None:
    """Also a COMMIT that PostgreSQL makes a ROLLBACK, because something had failed."""
    if connection.vendor == "sqlite":
        return
    with acting(here(TOWN)):
        assert Matter.objects.count() == 1
    driver = raw()
    driver.autocommit = False
    with acting(here(OTHER_TOWN)):
        assert [row[0] for row in driver.execute(SQL)] == ["乙"]
        with pytest.raises(Exception, match="division by zero"):
            driver.execute("SELECT 1 / 0")
        getattr(driver, end)()
        assert [row[0] for row in driver.execute(SQL)] == ["乙"]
    driver.rollback()
    driver.autocommit = True
