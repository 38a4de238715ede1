"""A PostgreSQL role that walks through row-level security serves nobody."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from bench.cluster import Cluster, cluster
from tests.instances import environment, free_port, zhitong

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
