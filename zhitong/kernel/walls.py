"""The second wall: PostgreSQL row-level security, generated from a model's GUARD.

The first wall is the guarded manager. This one holds where that one is gone round: raw SQL, a
join that nobody thought of, a reporting role. It is forced for the owner of the tables too;
only superusers and roles with BYPASSRLS pass, so the application must not be one of them.
SQLite has no such thing; there the first wall, the refused joins and the tests must do.
"""

from typing import Any

from django.db import models
from django.db.migrations.operations.base import Operation

from zhitong.kernel.guarded import Guard

POLICY = "reach"
SETTINGS = {"path": "zhitong.subtrees", "own": "zhitong.own", "link": "zhitong.link"}


def wall(table: str, guard: Guard, columns: dict[str, str], parent: tuple[str, str, str]) -> str:
    """The condition under which a row of ``table`` may be seen or written.

    ``columns`` maps the guard's parts to columns; ``parent`` is (column, table, key) of the row
    that holds the marks when the guard leads through a foreign key, else three empty strings.
    """
    beyond = f"({_told('zhitong.beyond')}) = 'on'"
    if guard.parent:
        column, other, key = parent
        seen = f'EXISTS (SELECT 1 FROM "{other}" up WHERE up."{key}" = "{table}"."{column}")'  # noqa: S608
        return f"{beyond} OR {seen}"
    clauses = [beyond]
    for part, column in columns.items():
        if part == "path":
            roots = f"(SELECT string_to_array(({_told(SETTINGS[part])}), ','))::text[]"
            clauses.append(f'"{column}" ^@ ANY ({roots})')
        else:
            clauses.append(f'"{column}" = ({_told(SETTINGS[part])})')
    return " OR ".join(clauses)


def _told(setting: str) -> str:
    """A scalar subquery, so that PostgreSQL asks once per statement and not once per row."""
    return f"SELECT nullif(current_setting('{setting}', true), '')"


def statements(model: type[models.Model], guard: Guard) -> list[str]:
    """The statements that raise the wall round a model's table."""
    table = model._meta.db_table
    condition = wall(table, guard, _columns(model, guard), _parent(model, guard))
    return [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
        f'CREATE POLICY {POLICY} ON "{table}" USING ({condition}) WITH CHECK ({condition})',
    ]


def _columns(model: type[models.Model], guard: Guard) -> dict[str, str]:
    if guard.parent:
        return {}
    return {part: _column(model, lookup) for part, lookup in guard.lookups}


def _parent(model: type[models.Model], guard: Guard) -> tuple[str, str, str]:
    if not guard.parent:
        return "", "", ""
    other = model._meta.get_field(guard.parent).related_model
    if not (isinstance(other, type) and issubclass(other, models.Model)):
        raise TypeError(f"{guard.parent} is no foreign key")
    return _column(model, guard.parent), other._meta.db_table, _column(other, "pk")


def _column(model: type[models.Model], name: str) -> str:
    field: Any = model._meta.pk if name == "pk" else model._meta.get_field(name)
    return str(field.column)


class RaiseWall(Operation):
    """Put the second wall round a guarded model. Nothing happens on SQLite; reversible."""

    reversible = True

    def __init__(self, model: str, guard: Guard) -> None:
        self.model = model
        self.guard = guard

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (type(self).__name__, [self.model, self.guard], {})

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The model's fields stay as they are."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements(to_state.apps.get_model(app_label, self.model), self.guard):
                schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        if schema_editor.connection.vendor == "postgresql":
            table = from_state.apps.get_model(app_label, self.model)._meta.db_table
            for statement in (
                f'DROP POLICY {POLICY} ON "{table}"',
                f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY',
                f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY',
            ):
                schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        return f"Raise the wall round {self.model}"

    @property
    def migration_name_fragment(self) -> str:
        return f"{self.model.lower()}_wall"
