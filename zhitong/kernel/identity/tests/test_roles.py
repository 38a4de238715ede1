"""Roles are data, but their delivered names must mean something."""

from zhitong.kernel.identity import roles
from zhitong.kernel.permits import PERMITS

FIXED = (roles.DOOR, roles.PUBLIC, roles.PROGRAM, roles.LINK, roles.RESIDENT, roles.STAFF)


def test_every_role_names_permits_that_exist():
    named = frozenset().union(*FIXED, *(seed.permits for seed in roles.ROLES))
    assert named <= set(PERMITS)


def test_nobody_both_runs_the_system_and_reads_matters():
    """GB/T 22239-2019 §8.1.4.2: system, security and audit administration are apart."""
    delivered = {seed.name: seed.permits for seed in roles.ROLES}
    for name in ("administrator", "auditor"):
        assert not any(permit.startswith(("loop.", "sealed.")) for permit in delivered[name])
    assert not any(
        permit.startswith(("identity.appoint", "identity.set", "identity.create"))
        for name, permits in delivered.items()
        if name != "administrator"
        for permit in permits
    )


def test_the_public_reads_nothing():
    assert {"loop.open"} == roles.PUBLIC
