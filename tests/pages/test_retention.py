"""The page of what is over shows it, to who may look."""

from datetime import timedelta

from tests.permits.world import World
from zhitong.kernel.clock import now
from zhitong.kernel.identity.models import OneTimeCode
from zhitong.kernel.retention.models import RetentionRun


def test_what_is_over_and_what_went(world: World):
    old = now() - timedelta(days=2)
    RetentionRun.objects.create(
        night=old.date(), started_at=old, ended_at=old, cleared_at=old, gone={"loop.Matter": 37}
    )
    OneTimeCode.objects.create(
        phone="13800000000", phone_index="i", digest="d", made_at=old, expires_at=old
    )
    for role in ("supervisor", "administrator"):
        browser = world.people[role].browser()
        shown = browser.get("/retention").text
        assert "loop.Matter 37" in shown
        assert "identity.OneTimeCode" not in shown
        assert "identity.OneTimeCode" in browser.get("/retention?plan=now").text
    assert world.people["editor"].browser().get("/retention").status_code == 403
