"""What the cross-cutting tests share: a county with one person of every kind."""

from collections.abc import Iterator

import pytest
from django.test import override_settings

from tests.permits.world import World, build
from zhitong.kernel.identity.passwords import nobodys_hash
from zhitong.loop.tests.county import County


@pytest.fixture
def world(county: County) -> Iterator[World]:
    """A county to walk through in every role; passwords are hashed quickly, not well."""
    nobodys_hash.cache_clear()
    with override_settings(PASSWORD_HASHERS=["tests.permits.world.QuickHasher"]):
        yield build(county)
    nobodys_hash.cache_clear()
