"""Comparing with others: what may be asked for, and what the ratios say."""

import pytest

from bench.peering.serving import database
from bench.peers import OPERATIONS, database_kind, ratios


def test_the_database_is_named_or_is_sqlite() -> None:
    """With the switch or without it; anything else is refused."""
    assert database_kind([]) == "sqlite"
    assert database_kind(["--database", "postgresql"]) == "postgresql"
    for nonsense in (["--database", "oracle"], ["sqlite", "postgresql"]):
        with pytest.raises(RuntimeError):
            database_kind(nonsense)


def test_ratios_are_theirs_to_ours_and_ours_to_the_floor() -> None:
    """More than one means that the other one pays more."""
    figures = {f"our_{name}_cpu_ms": 10.0 for name in OPERATIONS}
    figures |= {f"helpdesk_{name}_cpu_ms": 40.0 for name in OPERATIONS}
    found = ratios(figures | {"floor_create_cpu_ms": 5.0})
    assert found.pop("create_floor_ratio") == 2.0
    assert found == {f"{name}_ratio": 4.0 for name in OPERATIONS}


def test_both_sides_have_the_same_database_settings(tmp_path) -> None:
    """The same PRAGMAs on SQLite; on PostgreSQL Django's own backend."""
    assert "synchronous=FULL" in database("", tmp_path)["OPTIONS"]["init_command"]
    there = database("postgresql://zhitong:x@127.0.0.1:5/zhitong", tmp_path)
    assert there["ENGINE"] == "django.db.backends.postgresql"
