"""Who had a matter open is forgotten after a day; the matter itself stays."""

from datetime import timedelta

import pytest

from zhitong.kernel.clock import now
from zhitong.kernel.databases.reach import beyond_reach
from zhitong.kernel.retention.registry import every_row
from zhitong.kernel.retention.sweeping import overdue, sweep
from zhitong.kernel.scope import acting
from zhitong.loop.models import Presence

DAY = timedelta(days=1)


@pytest.mark.django_db
def test_who_looked_yesterday_is_forgotten_wherever_the_matter_lies(county, matter):
    with acting(county.officer):
        for ago, account in ((DAY * 2, county.officer), (timedelta(0), county.clerk)):
            Presence.objects.create(
                matter=matter,
                account_id=account.actor.removeprefix("staff:"),
                label="somebody",
                seen_at=now() - ago,
            )
    assert overdue()["loop.Presence"] == 1
    assert sweep()["loop.Presence"] == 1
    with beyond_reach():
        assert every_row("loop.Presence").count() == 1
