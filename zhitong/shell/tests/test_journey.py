from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhitong.shell.journey import LABELS, WAY, journey
from zhitong.shell.routemap import narrow, wide
from zhitong.shell.wording import STAGE_TONES

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def states(**kwargs):
    return {stop.key: stop.state for stop in journey(**kwargs).stops}


def test_the_next_stop_carries_the_due_time():
    way = journey(reached={"received": AT, "owned": AT}, due_at=AT)
    assert [stop.state for stop in way.stops] == ["reached", "reached", "next", "ahead", "ahead"]
    assert [stop.key for stop in way.stops if stop.due_at] == ["answered"]


def test_nothing_reached_yet_waits_for_the_first_stop():
    assert states(reached={})["received"] == "next"


def test_a_stop_that_was_skipped_is_passed_by():
    assert states(reached={"received": AT, "answered": AT})["owned"] == "passed_by"


def test_a_withdrawn_matter_stops_where_it_was():
    way = states(reached={"received": AT, "owned": AT, "withdrawn": AT}, ended="withdrawn")
    assert way == {"received": "reached", "owned": "reached", "withdrawn": "end"}


def test_a_rated_matter_has_no_next_stop():
    assert set(states(reached=dict.fromkeys(WAY, AT)).values()) == {"reached"}


@given(st.sets(st.sampled_from(WAY)), st.sampled_from(["", "withdrawn", "refused"]))
def test_at_most_one_stop_is_next(reached, ended):
    stops = journey(reached=dict.fromkeys(reached, AT), due_at=AT, ended=ended).stops
    assert sum(stop.state == "next" for stop in stops) <= (0 if ended else 1)
    assert [stop.key for stop in stops if stop.state == "reached"] == [
        key for key in WAY if key in reached
    ]


def test_every_stage_has_a_name_and_a_badge():
    assert set(LABELS) == set(STAGE_TONES)


@pytest.mark.parametrize(("sheet", "width", "height"), [(wide(), 1056, 440), (narrow(), 300, 374)])
def test_the_map_stays_on_its_sheet(sheet, width, height):
    marks = [*sheet.ring, *(mark for track in sheet.tracks for mark in track.marks)]
    for mark in marks:
        assert 10 <= mark.x <= width - 10
        assert 10 <= mark.y <= height - 10
        assert 0 <= mark.label_x <= width
        assert 16 <= mark.label_y <= height
