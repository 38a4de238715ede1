"""Tables for the tests of search. Models cannot be imported before Django is set up."""

from importlib import import_module

import pytest

from zhitong.kernel.scope import acting

NOTES = "zhitong.kernel.search.tests.notes"


@pytest.fixture(scope="session")
def note_tables(django_db_setup, django_db_blocker):
    notes = import_module(NOTES)
    with django_db_blocker.unblock():
        notes.create_tables()
        yield
        notes.drop_tables()


@pytest.fixture
def everywhere(note_tables, db):
    with acting(import_module(NOTES).everywhere):
        yield
