"""Django's PostgreSQL backend, telling the session how far the acting scope reaches.

The policies of ``kernel.walls`` read these settings. They are sent before the first statement
that runs under another scope than the last one, so a request costs one or two extra statements.
"""

from collections.abc import Callable
from typing import Any

from django.db.backends.postgresql import base

from zhitong.kernel.databases.reach import told

CONTROL = ("SAVEPOINT", "RELEASE", "ROLLBACK", "SET CONSTRAINTS")
TELL = (
    "SELECT set_config('zhitong.subtrees', %s, false), set_config('zhitong.own', %s, false),"
    " set_config('zhitong.link', %s, false), set_config('zhitong.beyond', %s, false)"
)


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection and what its session was last told."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._told: tuple[str, ...] | None = None
        self.execute_wrappers.append(self._tell)

    def _tell(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        reach = told()
        if reach != self._told and not str(sql).startswith(CONTROL):
            with self.connection.cursor() as cursor:
                cursor.execute(TELL, reach)
            self._told = reach
        return execute(sql, params, many, context)

    def init_connection_state(self) -> None:
        """A new session knows nothing."""
        self._told = None
        super().init_connection_state()

    def _rollback(self) -> None:
        self._told = None  # PostgreSQL takes settings made in the transaction back with it
        super()._rollback()  # type: ignore[misc]

    def _savepoint_rollback(self, sid: str) -> None:
        self._told = None
        super()._savepoint_rollback(sid)  # type: ignore[misc]
