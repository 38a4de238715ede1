"""Every test of the outbox starts with nobody listening."""

from collections.abc import Iterator
from importlib import import_module

import pytest


@pytest.fixture(autouse=True)
def _quiet_house() -> Iterator[None]:
    """Pytest reads this file before Django is set up, hence the late look-up."""
    emit = import_module("zhitong.kernel.bus.emit")
    facts, listeners = dict(emit.FACTS), dict(emit.LISTENERS)
    emit.FACTS.clear()
    emit.LISTENERS.clear()
    yield
    emit.FACTS.clear()
    emit.LISTENERS.clear()
    emit.FACTS.update(facts)
    emit.LISTENERS.update(listeners)
