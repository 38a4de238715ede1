from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from zhitong.shell import timewords

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)  # 18:00 in Shanghai


@pytest.fixture(autouse=True)
def county_time():
    with timezone.override("Asia/Shanghai"):
        yield


@pytest.mark.parametrize(
    ("moment", "chinese", "english"),
    [
        (datetime(2026, 11, 23, 9, 20, tzinfo=UTC), "今天 17:20", "today 17:20"),
        (datetime(2026, 11, 22, 16, 0, tzinfo=UTC), "今天 00:00", "today 00:00"),
        (datetime(2026, 11, 22, 15, 59, tzinfo=UTC), "昨天 23:59", "yesterday 23:59"),
        (datetime(2026, 11, 23, 16, 30, tzinfo=UTC), "明天 00:30", "tomorrow 00:30"),
        (datetime(2026, 11, 3, 1, 5, tzinfo=UTC), "11月3日 09:05", "3 Nov 09:05"),
        (datetime(2025, 1, 3, 1, 5, tzinfo=UTC), "2025年1月3日 09:05", "3 Jan 2025 09:05"),
    ],
)
def test_when_is_said_as_people_say_it(moment, chinese, english):
    with translation.override("zh-hans"):
        assert timewords.when(moment, now=NOW) == chinese
    with translation.override("en"):
        assert timewords.when(moment, now=NOW) == english


def test_exact_dates_for_paper():
    with translation.override("zh-hans"):
        assert timewords.exactly(NOW) == "2026年11月23日 18:00"
    with translation.override("en"):
        assert timewords.exactly(NOW) == "23 Nov 2026, 18:00"


@pytest.mark.parametrize(
    ("left", "chinese", "english", "state"),
    [
        (timedelta(hours=3, minutes=10), "还剩 3 小时", "3 hours left", "soon"),
        (timedelta(hours=5), "还剩 5 小时", "5 hours left", "calm"),
        (timedelta(minutes=1, seconds=5), "还剩 1 分钟", "1 minute left", "soon"),
        (timedelta(seconds=-1), "已超时 1 分钟", "late by 1 minute", "late"),
        (timedelta(hours=-47), "已超时 47 小时", "late by 47 hours", "late"),
        (timedelta(hours=-49), "已超时 2 天", "late by 2 days", "late"),
        (timedelta(days=30), "还剩 30 天", "30 days left", "calm"),
    ],
)
def test_due_words(left, chinese, english, state):
    with translation.override("zh-hans"):
        assert timewords.due(NOW + left, now=NOW) == chinese
    with translation.override("en"):
        assert timewords.due(NOW + left, now=NOW) == english
    assert timewords.due_state(NOW + left, now=NOW) == state


@given(st.timedeltas(min_value=timedelta(days=-4000), max_value=timedelta(days=4000)))
def test_words_and_colour_never_disagree(left):
    with translation.override("en"):
        late = timewords.due(NOW + left, now=NOW).startswith("late")
    assert late == (timewords.due_state(NOW + left, now=NOW) == "late")
