"""Django's PostgreSQL backend, telling the session how far the acting scope reaches.

The policies of ``kernel.walls`` read these settings. Every cursor of a connection sends them
before it asks under another scope than the last one.
"""

from functools import partial
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.psycopg_any import register_tzloader

from zhitong.kernel.databases.postgresql.telling import Teller, TellingCursor, TellingServerCursor


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection, all of whose cursors tell."""

    def get_new_connection(self, conn_params: Any) -> Any:
        """A session that has heard nothing yet."""
        connection = super().get_new_connection(conn_params)
        teller = Teller()
        connection.cursor_factory = partial(TellingCursor, teller=teller)
        connection.server_cursor_factory = partial(TellingServerCursor, teller=teller)
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        """Server-side cursors too come from the connection, which Django would go past."""
        if name is None:
            return super().create_cursor()
        held = self.connection.autocommit
        cursor = self.connection.cursor(name, scrollable=False, withhold=held)
        register_tzloader(self.timezone, cursor)
        return cursor
