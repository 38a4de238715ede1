from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from zhitong.kernel.clock import clock_at, now

NOON = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_now_is_now_and_in_utc():
    assert now().tzinfo is UTC
    assert abs(now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_the_clock_can_be_set_for_a_while():
    with clock_at(NOON):
        assert now() == NOON
        assert now().tzinfo is UTC
        with clock_at(NOON + timedelta(days=1)):
            assert now() == NOON + timedelta(days=1)
        assert now() == NOON
    assert now() != NOON


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"), clock_at(NOON.replace(tzinfo=None)):
        pass
