"""Processes are killed while words come in: nothing acknowledged is lost, nothing is doubled.

A bounded run of ``zhitong bench crash`` on the database of this test run. The kills are spread
at random over the run, and every process below the main one is a target.
"""

from bench.crash import crash
from tests.instances import own_database

INTAKES, KILLS = 500, 50


def test_fifty_kills_lose_and_double_nothing(database_kind: str) -> None:
    said: list[str] = []
    found = crash(own_database(database_kind), intakes=INTAKES, kills=KILLS, say=said.append)
    assert found.figures() == {
        "acknowledged": INTAKES,
        "lost": 0,
        "duplicated": 0,
        "kills": KILLS,
    }, said
