"""Due times in one's calendar: a secret address, valid iCalendar, nobody's words or names."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from zhitong.kernel.errors import Invalid, NotFound
from zhitong.kernel.identity.models import Account, Role
from zhitong.kernel.scope import acting
from zhitong.loop import actions
from zhitong.loop.actions.calendars import end_calendar, make_calendar
from zhitong.loop.domain.calendar import Due, feed
from zhitong.loop.models import CalendarLink
from zhitong.loop.tests.county import OTHER_TOWN, said

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=120)


@pytest.fixture
def officer(county):
    """The officer, who may have a calendar."""
    role = Role.objects.get(name="officer")
    role.permits = [*role.permits, "loop.make_calendar", "loop.end_calendar"]
    role.save()
    permits = county.officer.permits | {"loop.make_calendar", "loop.end_calendar"}
    return type(county.officer)(
        county.officer.actor, county.officer.reach, permits, "duty", posts=county.officer.posts
    )


def events(data: bytes) -> list[Any]:
    return list(Calendar.from_ical(data).walk("VEVENT"))


def fetch(secret: str, **headers):
    return Client(headers=headers).get(f"/calendar/{secret}.ics")


def test_the_feed_says_codes_kinds_and_places_only(county, officer):
    matter = said("村口的路灯坏了", "n1", name="王小明", phone="13812345678")
    said("别处的事", "n2", OTHER_TOWN)
    with acting(officer):
        secret = make_calendar(alarm=30)
    answer = fetch(secret)
    assert answer.headers["Content-Type"].startswith("text/calendar")
    text = answer.content.decode()
    for word in ("路灯", "王小明", "13812345678"):
        assert word not in text.replace("\r\n ", "")
    (event,) = events(answer.content)
    assert matter.code in event["SUMMARY"]
    assert matter.due_at and event.decoded("DTSTART") == matter.due_at.replace(microsecond=0)
    assert event["LOCATION"].endswith("北街社区")
    assert event["URL"].endswith(f"/m/{matter.code}")
    assert event.walk("VALARM")[0]["TRIGGER"].dt == timedelta(minutes=-30)


def test_nothing_new_is_not_sent_again(county, officer):
    matter = said("村口的路灯坏了", "n1")
    with acting(officer):
        secret = make_calendar()
    first = fetch(secret)
    assert fetch(secret, **{"If-None-Match": first.headers["ETag"]}).status_code == 304
    with acting(county.officer):
        actions.take(id=matter.pk)
    assert fetch(secret, **{"If-None-Match": first.headers["ETag"]}).status_code == 200
    assert CalendarLink.objects.get().fetched_on


def test_one_address_at_a_time_and_none_after_the_end(county, officer):
    with acting(officer):
        first = make_calendar()
        second = make_calendar()
        assert (fetch(first).status_code, fetch(second).status_code) == (404, 200)
        end_calendar()
        assert fetch(second).status_code == 404
        with pytest.raises(NotFound):
            end_calendar()
        with pytest.raises(Invalid):
            make_calendar(alarm=7)
    assert first not in str(CalendarLink.objects.values())


def test_who_serves_no_more_fetches_nothing(county, officer):
    with acting(officer):
        secret = make_calendar()
    Role.objects.update(permits=["loop.board"])
    assert fetch(secret).status_code == 404
    Role.objects.update(permits=["loop.make_calendar"])
    assert fetch(secret).status_code == 200
    Account.objects.update(active=False)
    assert fetch(secret).status_code == 404


@given(summary=WORDS, place=WORDS)
def test_lines_are_folded_and_words_escaped(summary, place):
    due = Due("x@zhitong", NOON, NOON, 1, summary, place, "https://zhitong.example/m/0000-0000")
    data = feed([due], name="时限", alarm=0)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    (event,) = events(data)
    assert str(event["SUMMARY"]) == summary
    assert str(event["LOCATION"]) == place
