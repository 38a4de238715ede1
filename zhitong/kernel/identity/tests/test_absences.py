"""Leave and deputies: real appointments for the days of the leave, ended with it, and no more."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from zhitong.kernel.audit.models import AuditEntry
from zhitong.kernel.errors import Denied, Invalid, NotFound
from zhitong.kernel.identity import deputies
from zhitong.kernel.identity.absences import LONGEST, Span, handable, possible
from zhitong.kernel.identity.actions.absences import end_absence, record_absence, take_leave
from zhitong.kernel.identity.models import Absence, Account, Appointment
from zhitong.kernel.identity.roles import ROLES
from zhitong.kernel.identity.scopes import staff_scope
from zhitong.kernel.identity.tests.conftest import serving
from zhitong.kernel.scope import acting

DAY = timedelta(days=1)
days = st.dates(date(2026, 1, 1), date(2026, 3, 1))
spans = st.builds(
    lambda start, length: Span(start, None if length is None else start + DAY * length),
    days,
    st.none() | st.integers(0, 40),
)


@given(spans, spans, days)
def test_shared_days_are_those_in_both(one: Span, other: Span, day: date) -> None:
    """Day by day, and either way round."""

    def has(span: Span | None) -> bool:
        return span is not None and Span(day, day).shared(span) == Span(day, day)

    shared = one.shared(other)
    assert has(shared) == (has(one) and has(other))
    assert shared == other.shared(one)
    assert one.covers(one)


@given(spans, days)
def test_a_leave_begins_today_or_later_and_ends(span: Span, today: date) -> None:
    """Never in the past, never without an end, never longer than half a year."""
    if possible(span, today=today):
        assert span.ends_on is not None
        assert today <= span.starts_on <= span.ends_on < span.starts_on + LONGEST


def test_roles_that_hand_out_power_are_not_stood_in_for() -> None:
    """The administrator and the auditor keep theirs; all others can be away."""
    assert {seed.name for seed in ROLES if not handable(seed.permits)} == {
        "administrator",
        "auditor",
    }


@pytest.fixture
def colleague(bureau) -> Account:
    """Somebody at the station above the officer."""
    return serving("li.xiulan", "李秀兰", bureau.station, "window_clerk")


def today() -> date:
    return timezone.localdate()


def leave(bureau, deputy: Account, *, first: int = 0, last: int = 3):
    with acting(staff_scope(bureau.officer)):
        return take_leave(
            deputy=deputy.pk, starts_on=today() + DAY * first, ends_on=today() + DAY * last
        )


def test_the_deputy_holds_the_post_for_these_days_and_no_longer(bureau, colleague) -> None:
    """Not before, not after; by an appointment that says why, and an entry in the audit log."""
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False) as time:
        leave(bureau, colleague, first=1, last=2)
        assert bureau.office.pk not in staff_scope(colleague).posts
        for day in (24, 25):
            time.move_to(f"2026-11-{day} 10:00+08:00")
            scope = staff_scope(colleague)
            assert bureau.office.pk in scope.posts
            assert "loop.close" in scope.permits
            assert scope.label.startswith("安德街道派出所")
        time.move_to("2026-11-26 10:00+08:00")
        assert bureau.office.pk not in staff_scope(colleague).posts
        with acting(staff_scope(bureau.officer)), pytest.raises(NotFound):
            end_absence(absence=Absence.objects.get().pk)
    row = Appointment.objects.get(account=colleague, deputy=True)
    assert str(row.ends_on) == "2026-11-25"
    assert "王建国" in row.reason  # in the language of whoever recorded it
    done = AuditEntry.objects.filter(actor=f"staff:{bureau.officer.pk}").values_list(
        "action", flat=True
    )
    assert {"identity.take_leave", "identity.appoint"} <= set(done)


def test_back_early_the_deputy_is_released_at_once(bureau, colleague) -> None:
    """Also when the leave has not begun."""
    for first in (0, 5):
        row = leave(bureau, colleague, first=first, last=first + 3)
        with acting(staff_scope(colleague)), pytest.raises(NotFound):
            end_absence(absence=row)
        with acting(staff_scope(bureau.officer)):
            end_absence(absence=row)
        assert bureau.office.pk not in staff_scope(colleague).posts
        with time_machine.travel(timezone.now() + DAY * 6):
            assert bureau.office.pk not in staff_scope(colleague).posts
    assert deputies.absences_of(bureau.officer.pk) == []


def test_who_may_stand_in(bureau, colleague) -> None:
    """Somebody near, who is there, holds no further power, and is somebody else."""
    other = serving("zhao.dayong", "赵大勇", bureau.bureau, "supervisor")
    names = {one.name for one in deputies.candidates(bureau.officer.pk)}
    assert names == {"李秀兰"}  # the bureau is two steps up
    for nobody in (bureau.officer, bureau.administrator, other):
        with pytest.raises(Invalid):
            leave(bureau, nobody)
    leave(bureau, colleague, first=2, last=4)
    with pytest.raises(Invalid):
        leave(bureau, colleague, first=4, last=6)
    with acting(staff_scope(colleague)), pytest.raises(Invalid):
        take_leave(deputy=bureau.officer.pk, starts_on=today() + DAY * 4, ends_on=today() + DAY * 5)
    assert Absence.objects.count() == 1


@pytest.mark.parametrize(("first", "last"), [(-1, 2), (2, 1), (0, 400)])
def test_impossible_days(bureau, colleague, first: int, last: int) -> None:
    """In the past, the wrong way round, for ever."""
    with pytest.raises(Invalid) as refused:
        leave(bureau, colleague, first=first, last=last)
    assert "ends_on" in refused.value.fields


def test_a_supervisor_records_it_for_somebody_ill(bureau, colleague) -> None:
    """Within reach; nobody makes themselves the deputy, nobody without the permit does it."""
    chief = serving("sun.wei", "孙炜", bureau.station, "supervisor")
    told = {"account": bureau.officer.pk, "starts_on": today(), "ends_on": today() + DAY}
    with acting(staff_scope(chief)):
        with pytest.raises(Denied):
            record_absence(deputy=chief.pk, **told)
        row = record_absence(deputy=colleague.pk, **told)
        assert bureau.office.pk in staff_scope(colleague).posts
        end_absence(absence=row)
        with pytest.raises(Denied):
            record_absence(deputy=colleague.pk, **told | {"account": chief.pk})
    with acting(staff_scope(colleague)), pytest.raises(Denied):
        record_absence(deputy=chief.pk, **told)


def test_an_administrators_posts_are_not_handed_out(bureau) -> None:
    """There another administrator appoints."""
    with acting(staff_scope(bureau.administrator)), pytest.raises(Invalid):
        take_leave(deputy=bureau.second_administrator.pk, starts_on=today(), ends_on=today() + DAY)


def test_on_the_page(signed_in, bureau, colleague) -> None:
    """Recorded, shown to both, ended; what was typed stays where it was wrong."""
    browser = signed_in(bureau.officer)
    good = {"starts_on": str(today()), "ends_on": str(today() + DAY), "deputy": str(colleague.pk)}
    wrong = browser.post("/me/absence", good | {"ends_on": "2020-01-01"})
    assert (wrong.status_code, "2020-01-01" in wrong.text) == (400, True)
    assert "李秀兰代为履职" in browser.post("/me/absence", good, follow=True).text
    row = Absence.objects.get()
    assert "代王建国" in signed_in(colleague).get("/me/absence").text
    ended = signed_in(bureau.officer).post(f"/me/absence/{row.pk}/end", follow=True)
    assert "李秀兰代为履职" not in ended.text
