"""Logs to tamper with. Pytest reads this file before Django is set up, hence the late look-up."""

from importlib import import_module

import pytest


@pytest.fixture
def log(db, tmp_path, settings):
    """700 entries, signed at 300, 512 and 650."""
    return import_module("zhitong.kernel.audit.tests.logs").made(tmp_path, settings, grown=True)


@pytest.fixture
def empty_log(db, tmp_path, settings):
    """Nothing yet."""
    return import_module("zhitong.kernel.audit.tests.logs").made(tmp_path, settings, grown=False)
