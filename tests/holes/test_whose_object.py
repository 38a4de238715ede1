"""Who may act on whose object: residents on their own, administrators within their reach.

Decidim CVE-2026-40869 (anybody accepted anybody's amendments).
"""

import pytest

from tests.permits.world import World, serving
from zhitong.kernel.errors import Denied, NotFound
from zhitong.kernel.identity.actions.clients import end_api_key
from zhitong.kernel.identity.actions.own import remove_passkey
from zhitong.kernel.identity.actions.people import (
    reset_password,
    reset_second_factor,
    set_account_active,
)
from zhitong.kernel.identity.actions.posts import set_role
from zhitong.kernel.identity.models import Account, Passkey
from zhitong.kernel.identity.scopes import resident_scope, staff_scope
from zhitong.kernel.scope import Scope, acting
from zhitong.loop import actions, queries
from zhitong.loop.tests.county import by_link


@pytest.fixture
def small_administrator(world: World) -> Scope:
    """An administrator of one township."""
    account, _held = serving("small", world.county.station, "administrator")
    return staff_scope(account)


def test_a_townships_administrator_has_no_power_over_the_bureau(
    world: World, small_administrator: Scope
) -> None:
    """A new password for the supervisor would be the supervisor's power."""
    boss = Account.objects.get(username="test.supervisor").pk
    with acting(small_administrator):
        for attempt in (
            lambda: reset_password(account=boss),
            lambda: reset_second_factor(account=boss, reason="x"),
            lambda: set_account_active(account=boss, active=False),
            lambda: end_api_key(client=world.away.client),
        ):
            with pytest.raises(NotFound):
                attempt()


def test_a_townships_administrator_cannot_widen_a_role(
    world: World, small_administrator: Scope
) -> None:
    """Roles hold everywhere; changing one takes the whole county."""
    with acting(small_administrator), pytest.raises(Denied):
        set_role(role="window_clerk", permits=["loop.read", "audit.read"])


def test_within_reach_an_administrator_helps(world: World, small_administrator: Scope) -> None:
    """The rule does not stop what it is for."""
    with acting(small_administrator):
        assert reset_password(account=world.here.account)


def test_a_passkey_is_its_owners(world: World) -> None:
    """Nobody forgets somebody else's."""
    other = world.people["editor"].passkey
    assert other
    with acting(world.people["administrator"].scope), pytest.raises(NotFound):
        remove_passkey(passkey=other)
    assert Passkey.objects.filter(pk=other).exists()


def test_a_resident_acts_on_nothing_but_their_own(world: World) -> None:
    """Signed in or by a link: another resident's matter does not exist."""
    with acting(by_link("near")):
        near = queries.by_link().pk
    for scope in (resident_scope("somebody-else"), by_link("far")):
        with acting(scope):
            for attempt in (
                lambda: actions.rate(id=near, stars=5),
                lambda: actions.add(id=near, text="x"),
                lambda: actions.withdraw(id=near),
                lambda: actions.reopen(id=near, text="x"),
            ):
                with pytest.raises(NotFound):
                    attempt()
