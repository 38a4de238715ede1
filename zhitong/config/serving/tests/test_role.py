"""A PostgreSQL role that walks through row-level security serves nobody."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.core import checks
from django.db import connection
from psycopg import sql

from bench.cluster import Cluster, cluster
from tests.instances import environment, free_port, zhitong
from zhitong.config import postgresql
from zhitong.config.doctor import database
from zhitong.config.doctor.findings import Grade

PASSWORD = secrets.token_hex(8)


@pytest.fixture(scope="module")
def server() -> Iterator[Cluster]:
    """A server with two roles that no wall holds back."""
    with cluster() as running:
        address = f"host={running.folder} port={running.port} user=postgres dbname=postgres"
        with psycopg.connect(address, autocommit=True) as superuser:
            for role in ("superuser", "bypassrls"):
                command = sql.SQL("CREATE ROLE {} LOGIN {} PASSWORD {}")
                name, power = sql.Identifier(f"a_{role}"), sql.SQL(role.upper())
                superuser.execute(command.format(name, power, sql.Literal(PASSWORD)))
        yield running


@pytest.mark.parametrize("role", ["a_superuser", "a_bypassrls"])
@pytest.mark.parametrize("command", ["serve", "migrate", "work"])
def test_it_is_refused_in_one_line(
    server: Cluster, tmp_path: Path, command: str, role: str
) -> None:
    """Also in demo mode: people look at the demo to learn how to run it."""
    url = f"postgresql://{role}:{PASSWORD}@127.0.0.1:{server.port}/zhitong"
    env = environment(tmp_path, port=free_port(), demo=1) | {"ZHITONG_DATABASE_URL": url}
    done = zhitong(env, command)
    assert done.returncode == 1, done.stdout
    assert len(done.stderr.splitlines()) == 1
    assert f"the database role '{role}' walks through row-level security" in done.stderr
    assert f'ALTER ROLE "{role}" NOSUPERUSER NOBYPASSRLS' in done.stderr
    with psycopg.connect(server.url()) as asking:
        tables = asking.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        assert tables.fetchone() == (0,)


@pytest.mark.django_db
def test_tests_run_behind_the_wall_as_production_does(
    database_kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their role is an ordinary one; a mighty one is told by the check and by the doctor."""
    assert postgresql.passes_walls() == ""
    monkeypatch.setattr(postgresql, "PASSES_WALLS", "SELECT 'mighty', true")
    problems = checks.run_checks(databases=["default"], tags=["database"])
    if database_kind == "sqlite":
        assert problems == []
        return
    assert [one.id for one in problems] == ["database.E003"]
    bad = [one.name for one in database.findings() if one.grade is Grade.BAD]
    assert "second wall" in bad
    assert connection.vendor == "postgresql"
