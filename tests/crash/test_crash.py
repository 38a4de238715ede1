"""Processes are killed while words come in: nothing acknowledged is lost, nothing is doubled.

A bounded run of ``zhitong bench crash`` on the database of this test run: fifty kills on both
together. They are spread at random, and every process below the main one is a target.
"""

from bench.crash import crash
from tests.instances import own_database

INTAKES, KILLS = 250, 25


def test_kills_lose_and_double_nothing(database_kind: str) -> None:
    said: list[str] = []
    found = crash(own_database(database_kind), intakes=INTAKES, kills=KILLS, say=said.append)
    assert found.figures() == {
        "acknowledged": INTAKES,
        "lost": 0,
        "duplicated": 0,
        "kills": KILLS,
    }, said
