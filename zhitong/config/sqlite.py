"""Put a sound SQLite under Django before its backend is imported.

SQLite 3.7.0 to 3.51.2 can corrupt a WAL database that several connections use; Debian 12
ships 3.40. The ``pysqlite3`` package carries a fixed library and the same interface.
"""

import sys

import pysqlite3
import pysqlite3.dbapi2


def install() -> None:
    """Make ``import sqlite3`` mean pysqlite3 in this process."""
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
