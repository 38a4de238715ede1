"""The PostgreSQL of tests and benchmarks stands alone and leaves nothing behind."""

import psycopg
import pytest

from bench import cluster as here
from bench.cluster import ClusterError, cluster


def test_it_serves_an_owner_who_is_no_superuser_and_vanishes():
    with cluster(durable=True) as server, psycopg.connect(server.url()) as connection:
        row = connection.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole, current_setting('fsync')"
            " FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    assert row == (False, True, True, "on")
    assert not server.folder.exists()


def test_a_wrong_password_does_not_open_it():
    with cluster() as server:
        wrong = server.url().replace(server.password, "wrong")
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(wrong)


def test_missing_programs_are_named(monkeypatch, tmp_path):
    monkeypatch.setattr(here, "INSTALLED", tmp_path)
    monkeypatch.setattr("bench.cluster.shutil.which", lambda name: None)
    with pytest.raises(ClusterError, match="install 'postgresql'"):
        here.programs()
