"""One plan for all tests of the demo."""

from datetime import datetime

import pytest

from zhitong.config.demo.hours import ZONE
from zhitong.config.demo.places import Gazetteer, county_table, read_places
from zhitong.config.demo.plan import plan

UNTIL = datetime(2026, 11, 23, 18, 0, tzinfo=ZONE)


@pytest.fixture(scope="session")
def places():
    return read_places(county_table())


@pytest.fixture(scope="session")
def gazetteer(places):
    return Gazetteer(places)


@pytest.fixture(scope="session")
def matters(places):
    return plan("tests", places, UNTIL)
