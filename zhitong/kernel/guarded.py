"""Row-level reach, declared once per model and asked by the WHERE clause itself.

The question is put when SQL is compiled, so every way of running a query passes it:
iteration, count, exists, update, delete, aggregates, async, subqueries, unions. Writes are
checked before they leave, so that no row is put, or moved, out of reach.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, NoReturn, Self

from django.apps import apps
from django.core.exceptions import EmptyResultSet, FieldDoesNotExist
from django.db import models
from django.db.models.constants import LOOKUP_SEP
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.datastructures import Join

from zhitong.kernel.errors import Denied, NotFound
from zhitong.kernel.scope import current


class LeakyJoin(RuntimeError):
    """A query joins a guarded table by a way its guard does not follow. A programming error."""


@dataclass(frozen=True, slots=True)
class Guard:
    """Which columns say how far a row can be seen from: lookups, possibly through a parent."""

    path: str
    own: str = ""
    link: str = ""

    @property
    def lookups(self) -> tuple[tuple[str, str], ...]:
        """The declared parts as (part, lookup)."""
        parts = (("path", self.path), ("own", self.own), ("link", self.link))
        return tuple((part, lookup) for part, lookup in parts if lookup)

    @property
    def parent(self) -> str:
        """The foreign key that leads to the row holding the marks, or ''."""
        head, _, rest = self.path.partition(LOOKUP_SEP)
        return head if rest else ""


def after(root: str) -> str:
    """The smallest string above every path below root: '/' is followed by '0' in ASCII."""
    return root[:-1] + "0"


class InReach(models.Expression):
    """True for the rows that the acting scope reaches."""

    conditional = True

    def __init__(self, guard: Guard) -> None:
        super().__init__(output_field=models.BooleanField())
        self.parts = tuple(part for part, _ in guard.lookups)
        self.columns: list[Any] = [models.F(lookup) for _, lookup in guard.lookups]

    def get_source_expressions(self) -> list[Any]:
        return self.columns

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        self.columns = list(exprs)

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        reach = current().reach
        refuse_leaky_joins(compiler.query)
        clauses: list[str] = []
        params: list[Any] = []
        for part, expression in zip(self.parts, self.columns, strict=True):
            column, column_params = compiler.compile(expression)
            if part == "path":
                for root in reach.subtrees:
                    clauses.append(f"({column} >= %s AND {column} < %s)")
                    params += [*column_params, root, *column_params, after(root)]
            elif wanted := getattr(reach, part):
                clauses.append(f"{column} = %s")
                params += [*column_params, wanted]
        if not clauses:
            raise EmptyResultSet
        return f"({' OR '.join(clauses)})", tuple(params)


def refuse_leaky_joins(query: Any) -> None:
    """Refuse a join to a guarded table unless it runs along a guard, from child to parent or back.

    Any other would read, or let a filter feel for, rows that the scope does not reach. Raises
    LeakyJoin.
    """
    walls = guarded_tables()
    for alias, join in query.alias_map.items():
        if isinstance(join, Join) and join.table_name in walls and query.alias_refcount.get(alias):
            forward: Any = getattr(join.join_field, "field", join.join_field)
            child = walls.get(forward.model._meta.db_table)
            if child is None or forward.name != child.GUARD.parent:
                raise LeakyJoin(f"{query.model.__name__} joins {join.table_name} past its guard")


@cache
def guarded_tables() -> "dict[str, type[Guarded]]":
    """Every guarded model by its table."""
    models_ = (model for model in apps.get_models() if issubclass(model, Guarded))
    return {model._meta.db_table: model for model in models_}


class GuardedQuerySet(models.QuerySet[Any]):
    """A query set that refuses writes which would put rows out of reach."""

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> Any:
        if kwargs.get("update_conflicts") or (len(args) > 2 and args[2]):
            raise NotImplementedError("an upsert could overwrite rows that are out of reach")
        rows = list(objs)
        for row in rows:
            row.check_reach()
        return super().bulk_create(rows, *args, **kwargs)

    bulk_create.alters_data = True  # type: ignore[attr-defined]

    def bulk_update(
        self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None
    ) -> int:
        rows = list(objs)
        current()
        for row in rows:
            row.check_reach()
        return super().bulk_update(rows, fields, batch_size)

    bulk_update.alters_data = True  # type: ignore[attr-defined]

    def update(self, **kwargs: Any) -> int:
        reach = current().reach
        for part, lookup in self.model.GUARD.lookups:
            names = {lookup, self.model.GUARD.parent, f"{self.model.GUARD.parent}_id"} - {"", "_id"}
            for name in names & set(kwargs):
                if not (part == "path" and reach.covers(path=_plain(kwargs[name]))):
                    raise Denied(reason=f"update would move rows by {name}")
        return super().update(**kwargs)

    update.alters_data = True  # type: ignore[attr-defined]

    def update_or_create(self, *args: Any, **kwargs: Any) -> tuple[Any, bool]:
        current()
        return super().update_or_create(*args, **kwargs)

    update_or_create.alters_data = True  # type: ignore[attr-defined]

    def raw(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused: raw SQL would not ask who is acting."""
        raise NotImplementedError("guarded tables are not read by raw SQL")


def _plain(value: object) -> str:
    """A literal path, or '' (which no reach covers) for an expression."""
    return value if isinstance(value, str) else ""


class GuardedManager(models.Manager[Any]):
    """The only ordinary way to guarded rows."""

    def get_queryset(self) -> GuardedQuerySet:
        rows = GuardedQuerySet(self.model, using=self._db)
        return rows.filter(InReach(self.model.GUARD))

    def raw(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused, as on the query set."""
        self.get_queryset().raw()


class Guarded(models.Model):
    """A row that belongs somewhere. Reads and writes need an acting scope that reaches it.

    Subclasses declare GUARD and let their Meta inherit Guarded.Meta. ``unguarded`` is for the
    relay, retention and migrations only; an architecture test keeps it there.
    """

    GUARD: ClassVar[Guard]

    objects = GuardedManager()
    unguarded = models.Manager[Self]()

    class Meta:
        abstract = True
        base_manager_name = "objects"
        default_manager_name = "objects"

    def marks(self) -> dict[str, str]:
        """The row's own path, owner key and link digest, as the guard names them."""
        return {part: _follow(self, lookup) for part, lookup in self.GUARD.lookups}

    def check_reach(self) -> None:
        """Raise Denied unless the acting scope reaches this row as it stands in memory."""
        if not current().reach.covers(**self.marks()):
            raise Denied(reason=f"{type(self).__name__} out of reach")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.check_reach()
        super().save(*args, **kwargs)

    save.alters_data = True  # type: ignore[attr-defined]

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if not type(self).objects.filter(pk=self.pk).exists():
            raise NotFound()
        return super().delete(*args, **kwargs)

    delete.alters_data = True  # type: ignore[attr-defined]


def _follow(row: models.Model, lookup: str) -> str:
    value: Any = row
    for name in lookup.split(LOOKUP_SEP):
        value = getattr(value, name)
    return str(value or "")


def guard_column(model: type[Guarded], lookup: str) -> models.Field[Any, Any]:
    """The model field at the end of a guard lookup. Raises FieldDoesNotExist."""
    head, _, rest = lookup.partition(LOOKUP_SEP)
    field = model._meta.get_field(head)
    if not rest:
        if not isinstance(field, models.Field):
            raise FieldDoesNotExist(lookup)
        return field
    parent = field.related_model
    if not (isinstance(parent, type) and issubclass(parent, Guarded)):
        raise FieldDoesNotExist(lookup)
    return guard_column(parent, rest)
