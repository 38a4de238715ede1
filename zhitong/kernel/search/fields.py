"""The tokens column and its question.

``tokens__zh="居住证 幸福路"`` is an ordinary condition that composes with every other filter. Use
it through ``queries.matching``, which knows PostgreSQL's weak spot.
"""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup, Model, TextField
from django.db.models.sql.compiler import SQLCompiler

from zhitong.kernel.search import engines

SQL = tuple[str, list[Any]]


class TokensField(TextField[str, str]):
    """The tokens of a row's text. ``CreateSearchIndex`` indexes it; ``__zh`` asks it.

    The model's primary key must be an integer, as that is what the SQLite index points to.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        given: dict[str, Any] = {"default": "", "editable": False, "blank": True}
        super().__init__(*args, **given | kwargs)


def table_of(model: type[Model]) -> engines.Table:
    """The table behind a model that has tokens."""
    return engines.Table(model._meta.db_table, str(model._meta.pk.column))


@TokensField.register_lookup
class Zh(Lookup[Any]):
    """True for rows in which every part of the query occurs. A query without letters: none."""

    lookup_name = "zh"
    prepare_rhs = False

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> SQL:
        """The key is among those that FTS5 finds."""
        table = table_of(self.lhs.target.model)
        keys = engines.sqlite_hits(table)
        return f'"{self.lhs.alias}"."{table.key}" IN ({keys})', [_asked("sqlite", self.rhs)]

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> SQL:
        """The generated column matches; the planner may walk any index."""
        column = f'"{self.lhs.alias}".{engines.VECTOR}'
        return f"{column} @@ %s::tsquery", [_asked("postgresql", self.rhs)]


def _asked(vendor: str, query: str) -> str:
    """The engine's expression. Raises EmptyResultSet when the query has nothing to search."""
    match = engines.MATCH[vendor](query)
    if not match:
        raise EmptyResultSet
    return match
