"""Every process knows the same actions, whichever pages it has or has not loaded."""

import subprocess
import sys

from tests.architecture.source import ROOT

UNKNOWN = """
import django
django.setup()
from zhitong.kernel.identity.roles import ROLES, STAFF
from zhitong.kernel.permits import PERMITS
held = frozenset().union(STAFF, *(seed.permits for seed in ROLES))
print(*sorted(held - PERMITS.keys()))
"""


def test_a_process_without_pages_knows_every_permit():
    """A worker, or ``zhitong act``: nothing registers itself only because a page imports it."""
    asked = subprocess.run(
        [sys.executable, "-c", UNKNOWN],
        cwd=ROOT,
        env={"DJANGO_SETTINGS_MODULE": "zhitong.config.settings", "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert asked.stdout.split() == []
