"""PostgreSQL as a dump and back. A place built for this one database."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import psycopg
from django.db import connection
from django.db.utils import ProgrammingError
from psycopg import sql

from zhitong.config.obstacles import Obstacle

Counts = dict[str, int]
BEYOND = "-c zhitong.beyond=on"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"


class PostgreSQLStore:
    """A dump in PostgreSQL's own format, of one snapshot."""

    engine = "postgresql"
    file = "zhitong.pgdump"

    def copy(self, folder: Path) -> Counts:
        """See Store. Rows are counted in the snapshot that is dumped."""
        name = connection.settings_dict["NAME"]
        with _opened(name) as opened, opened.cursor() as cursor:
            (snapshot,) = cursor.execute("SELECT pg_export_snapshot()").fetchall()[0]
            options = ["--format=custom", "--no-owner", "--enable-row-security"]
            options += [f"--snapshot={snapshot}", f"--file={folder / self.file}"]
            _run("pg_dump", name, *options)
            return _counted(cursor)

    @contextmanager
    def tried_out(self, folder: Path) -> Iterator[tuple[Counts, dict[str, str]]]:
        """See Store. The copy lives in a database of its own for a moment."""
        name = f"zhitong_check_{uuid4().hex[:12]}"
        with connection.cursor() as cursor:
            try:
                cursor.execute(f'CREATE DATABASE "{name}"')
            except ProgrammingError as error:
                raise Obstacle(
                    "a backup is verified in a database of its own: let the role of Zhitong "
                    "create one (ALTER ROLE … CREATEDB)"
                ) from error
            try:
                _fill(name, folder / self.file)
                with _opened(name) as opened, opened.cursor() as looking:
                    counts = _counted(looking)
                yield counts, {"ZHITONG_DATABASE_URL": _url(name)}
            finally:
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def put_back(self, folder: Path) -> None:
        """See Store. The dump is loaded in one transaction."""
        self.wipe()
        _fill(connection.settings_dict["NAME"], folder / self.file)

    def wipe(self) -> None:
        """See Store."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_schema()")
            schema = cursor.fetchone()[0]
            cursor.execute(f'DROP SCHEMA "{schema}" CASCADE')
            cursor.execute(f'CREATE SCHEMA "{schema}"')
        connection.close()

    def holds_data(self) -> bool:
        """See Store."""
        return bool(connection.introspection.table_names())


def _counted(cursor: Any) -> Counts:
    cursor.execute(TABLES)
    names = [name for (name,) in cursor.fetchall()]
    counts = {}
    for name in names:
        cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name)))
        counts[name] = int(cursor.fetchone()[0])
    return counts


def _fill(database: str, dump: Path) -> None:
    options = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
    _run("pg_restore", database, "--enable-row-security", *options, str(dump))


@contextmanager
def _opened(database: str) -> Iterator[psycopg.Connection[Any]]:
    """One consistent view of a database, past its second wall."""
    with psycopg.connect(_url(database), options=BEYOND) as opened:
        opened.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        opened.read_only = True
        yield opened


def _url(database: str) -> str:
    """The address of another database on the same server, for the same role."""
    one = connection.settings_dict
    who = f"{quote(one['USER'], safe='')}:{quote(one['PASSWORD'], safe='')}@" if one["USER"] else ""
    port = f":{one['PORT']}" if one["PORT"] else ""
    return f"postgresql://{who}{one['HOST']}{port}/{quote(database, safe='')}"


def _program(name: str) -> str:
    """The newest of PostgreSQL's own programs on this machine. Raises Obstacle without any."""
    versions = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    newest = max(versions, key=lambda path: float(path.parts[4]), default=None)
    found = str(newest) if newest else shutil.which(name)
    if found is None:
        raise Obstacle(f"{name} is missing: install 'postgresql-client'")
    return found


def _run(name: str, database: str, *options: str) -> None:
    one = connection.settings_dict
    env = {
        **os.environ,
        "PGHOST": one["HOST"],
        "PGPORT": one["PORT"],
        "PGUSER": one["USER"],
        "PGPASSWORD": one["PASSWORD"],
        "PGOPTIONS": BEYOND,
    }
    command = [_program(name), f"--dbname={database}", *options]
    done = subprocess.run(  # noqa: S603
        command,
        env={key: value for key, value in env.items() if value},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        words = (done.stderr.strip().splitlines() or ["no reason given"])[0]
        raise Obstacle(f"{name} failed: {words}")
