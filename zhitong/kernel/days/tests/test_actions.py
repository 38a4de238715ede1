from datetime import date
from typing import Any

import pytest

from zhitong.kernel.audit.models import AuditEntry
from zhitong.kernel.clock.models import DayException
from zhitong.kernel.clock.queries import business_calendar, forget_calendar
from zhitong.kernel.days.actions import clear_day, set_day
from zhitong.kernel.errors import Denied, Invalid, NotFound
from zhitong.kernel.scope import Reach, Scope, acting

pytestmark = pytest.mark.django_db
OFFICE = Scope(
    "staff:1", Reach(("37/14/03/",)), frozenset({"clock.set_day", "clock.clear_day"}), "desk"
)
SNOW = date(2026, 11, 25)
NOTICE: dict[str, Any] = {"day": SNOW, "name": "暴雪停工", "source": "县应急办通知"}


@pytest.fixture(autouse=True)
def forgotten():
    forget_calendar()
    yield
    forget_calendar()


def worked(day: date) -> bool:
    return bool(business_calendar().intervals(day))


def test_a_day_is_decided_and_taken_back(django_capture_on_commit_callbacks):
    assert worked(SNOW)
    with acting(OFFICE):
        with django_capture_on_commit_callbacks(execute=True):
            set_day(working=False, **NOTICE)
        assert not worked(SNOW)
        with django_capture_on_commit_callbacks(execute=True):
            set_day(working=True, **NOTICE)
        assert worked(SNOW)
        assert DayException.objects.get().working
        with django_capture_on_commit_callbacks(execute=True):
            clear_day(day=SNOW)
    assert not DayException.objects.exists()
    written = AuditEntry.objects.order_by("id").values_list("action", "target")
    assert list(written) == [
        ("clock.set_day", "clock.DayException:2026-11-25"),
        ("clock.set_day", "clock.DayException:2026-11-25"),
        ("clock.clear_day", "clock.DayException:2026-11-25"),
    ]


def test_what_is_refused_changes_nothing():
    with acting(OFFICE):
        with pytest.raises(NotFound):
            clear_day(day=SNOW)
        with pytest.raises(Invalid):
            set_day(day=SNOW, working=False, name="a\x00b", source="x")
    with acting(Scope("staff:2", Reach(), frozenset(), "desk")), pytest.raises(Denied):
        set_day(working=False, **NOTICE)
    assert not DayException.objects.exists()
    assert not AuditEntry.objects.exists()
