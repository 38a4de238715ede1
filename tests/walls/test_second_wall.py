"""PostgreSQL's row-level security holds where the first wall is gone round, by raw SQL.

On SQLite there is no second wall; there these tests prove that nobody takes it for one.
"""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction

from zhitong.kernel.databases.reach import beyond_reach, told
from zhitong.kernel.guarded import Guarded, guarded_tables
from zhitong.kernel.scope import Reach, Scope, acting
from zhitong.kernel.walls import statements
from zhitong.loop.models import Matter
from zhitong.loop.tests.county import OTHER_TOWN, TOWN, County, by_link, path_of, said

TABLES = ("loop_matter", "loop_step", "loop_photo", "loop_presence", "identity_resident")


def reaching(*subtrees: str) -> Scope:
    """Somebody who reaches these subtrees."""
    return Scope("staff:x", Reach(subtrees), frozenset(), "test")


@pytest.fixture
def raw(county: County) -> Iterator["Raw"]:
    """Two matters in two townships, asked by raw SQL as a second role that owns nothing."""
    said("甲", "n1")
    said("乙", "n2", OTHER_TOWN)
    yield Raw()


class Raw:
    """Raw SQL as a role of its own; on SQLite, plainly."""

    def __init__(self) -> None:
        if connection.vendor == "postgresql":
            self.run("CREATE ROLE probe NOLOGIN")
            self.run("GRANT probe TO CURRENT_USER")
            self.run("GRANT USAGE ON SCHEMA public TO probe")
            for table in TABLES:
                self.run(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO probe")

    def run(self, sql: str) -> list[tuple[object, ...]]:
        """The rows of one statement."""
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall()) if cursor.description else []

    def words(self) -> list[str]:
        """What the second role can read."""
        if connection.vendor != "postgresql":
            return sorted(str(row[0]) for row in self.run("SELECT words FROM loop_matter"))
        self.run("SET ROLE probe")
        try:
            return sorted(str(row[0]) for row in self.run("SELECT words FROM loop_matter"))
        finally:
            self.run("RESET ROLE")


def test_raw_sql_of_a_second_role_sees_what_the_scope_reaches(raw: Raw) -> None:
    """Subtrees, one link, nobody: the policies answer as the first wall does."""
    if connection.vendor == "sqlite":
        assert raw.words() == ["乙", "甲"]
        return
    assert raw.words() == []
    with acting(reaching(path_of(TOWN))):
        assert raw.words() == ["甲"]
    with acting(reaching(path_of(TOWN), path_of(OTHER_TOWN))):
        assert raw.words() == ["乙", "甲"]
    with acting(by_link("n2")):
        assert raw.words() == ["乙"]
        assert raw.run("SELECT count(*) FROM loop_step") == [(1,)]
    assert raw.words() == []


def test_the_owner_of_the_tables_is_not_above_the_wall(raw: Raw) -> None:
    """The application itself is held back when it goes round the guarded manager."""
    expected = [(2,)] if connection.vendor == "sqlite" else [(0,)]
    assert raw.run("SELECT count(*) FROM loop_matter") == expected
    assert Matter.unguarded.count() == expected[0][0]
    with beyond_reach():
        assert Matter.unguarded.count() == 2


def test_a_write_past_the_wall_is_refused(raw: Raw) -> None:
    """Moving a row out of reach fails; changing one that is out of reach changes nothing."""
    away, here = path_of(OTHER_TOWN), path_of(TOWN)
    with acting(reaching(here)):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE loop_matter SET words = 'x' WHERE words = '乙'")
            assert cursor.rowcount == (1 if connection.vendor == "sqlite" else 0)
        if connection.vendor == "postgresql":
            with pytest.raises(DatabaseError), transaction.atomic():
                raw.run(f"UPDATE loop_matter SET area_path = '{away}'")


def test_a_rollback_does_not_leave_another_scope_behind(raw: Raw) -> None:
    """PostgreSQL takes settings back with the transaction; the backend must notice."""
    with acting(reaching(path_of(TOWN))):
        with pytest.raises(RuntimeError), transaction.atomic():
            with acting(by_link("n2")):
                assert Matter.objects.count() == 1
            raise RuntimeError
        assert [matter.words for matter in Matter.objects.all()] == ["甲"]
    with acting(by_link("n2")):
        assert [matter.words for matter in Matter.objects.all()] == ["乙"]


def test_nobody_acts_nothing_is_told() -> None:
    """Without a scope the session is told four empty words."""
    assert told() == ("", "", "", "")


@pytest.mark.django_db
@pytest.mark.parametrize("model", guarded_tables().values())
def test_every_guarded_table_has_the_wall_of_its_declaration(model: type[Guarded]) -> None:
    """What migrations raised is what the model declares today."""
    if connection.vendor == "sqlite":
        assert statements(model, model.GUARD)
        return
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = %s", [table]
        )
        assert cursor.fetchone() == (True, True)
        cursor.execute(
            "SELECT pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)"
            " FROM pg_policy WHERE polrelid = %s::regclass",
            [table],
        )
        raised = cursor.fetchall()
        cursor.execute(f'DROP POLICY reach ON "{table}"')
        for statement in statements(model, model.GUARD):
            cursor.execute(statement)
        cursor.execute(
            "SELECT pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)"
            " FROM pg_policy WHERE polrelid = %s::regclass",
            [table],
        )
        assert cursor.fetchall() == raised
