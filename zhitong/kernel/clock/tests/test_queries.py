from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from zhitong.kernel.clock.models import DayException
from zhitong.kernel.clock.queries import business_calendar, forget_calendar

FRIDAY = datetime(2026, 11, 27, 17, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def forgotten(settings):
    settings.TIME_ZONE = "Asia/Shanghai"
    forget_calendar()
    yield
    forget_calendar()


@pytest.mark.django_db
def test_days_decided_by_hand_count(django_assert_num_queries):
    hour = timedelta(hours=1)
    with django_assert_num_queries(1):
        before = business_calendar().add_working(FRIDAY, hour)
        assert business_calendar().add_working(FRIDAY, hour) == before
    assert before == FRIDAY.replace(day=30, hour=9)
    DayException.objects.create(day=date(2026, 11, 28), working=True, name="补班", source="县政府")
    DayException.objects.create(day=date(2026, 11, 27), working=False, name="暴雪", source="县政府")
    forget_calendar()
    assert business_calendar().add_working(FRIDAY, hour) == FRIDAY.replace(
        day=28, hour=9, minute=30
    )
