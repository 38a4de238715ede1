"""The migration operation that makes a ``tokens`` column searchable."""

from typing import Any

from django.db.migrations.operations.base import Operation

from zhitong.kernel.search.engines import CREATE, DROP, Table


class CreateSearchIndex(Operation):
    """Index ``tokens`` of a model that was created earlier in the migration; reversible.

    ``singles``: see ``engines.Table``; for short names rather than for long texts.

    SQLite loses the triggers when a later migration alters the model, as Django then remakes
    the table: undo this operation before (``DropSearchIndex``) and repeat it after.
    """

    reversible = True
    creates = True

    def __init__(self, model: str, *, singles: bool = False) -> None:
        self.model = model
        self.singles = singles

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (type(self).__name__, [self.model], {"singles": self.singles})

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The model's fields stay as they are."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        self._run(app_label, schema_editor, to_state, create=self.creates)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        self._run(app_label, schema_editor, from_state, create=not self.creates)

    def describe(self) -> str:
        return f"{'Create' if self.creates else 'Drop'} the search index of {self.model}"

    @property
    def migration_name_fragment(self) -> str:
        return f"{self.model.lower()}_search"

    def _run(self, app_label: str, schema_editor: Any, state: Any, *, create: bool) -> None:
        options = state.apps.get_model(app_label, self.model)._meta
        engine = (CREATE if create else DROP)[schema_editor.connection.vendor]
        for statement in engine(Table(options.db_table, options.pk.column, self.singles)):
            schema_editor.execute(statement, params=None)


class DropSearchIndex(CreateSearchIndex):
    """The reverse operation, for migrations that alter or remove a searchable model."""

    creates = False
