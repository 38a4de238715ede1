"""The tokens column and its question.

``tokens__zh="居住证 幸福路"`` is an ordinary condition that composes with every other filter.
``tokens__zh_few`` asks the same so that PostgreSQL fetches the hits first; use it through
``queries.matching``, which knows when.
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
        return self._key_in(engines.sqlite_hits(self._table()), engines.sqlite_match(self.rhs))

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> SQL:
        """The generated column matches; the planner may walk any index."""
        match = _asked(engines.postgresql_match(self.rhs))
        return f'"{self.lhs.alias}".{engines.VECTOR} @@ %s::tsquery', [match]

    def _table(self) -> engines.Table:
        return table_of(self.lhs.target.model)

    def _key_in(self, keys: str, match: str) -> SQL:
        return f'"{self.lhs.alias}"."{self._table().key}" IN ({keys})', [_asked(match)]


@TokensField.register_lookup
class ZhFew(Zh):
    """The same as ``zh``; PostgreSQL fetches the hits before anything else."""

    lookup_name = "zh_few"

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> SQL:
        """The key is among the hits behind a fence."""
        table = self._table()
        keys = engines.fenced(table, engines.postgresql_hits(table))
        return self._key_in(keys, engines.postgresql_match(self.rhs))


def _asked(match: str) -> str:
    """The engine's expression. Raises EmptyResultSet when the query has nothing to search."""
    if not match:
        raise EmptyResultSet
    return match
