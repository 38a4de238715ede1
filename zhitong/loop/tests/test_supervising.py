"""The supervisor's board: its numbers, where they lead, its lines, and what nobody sees."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from tests.permits.world import Person, World, build
from zhitong.kernel.clock import clock_at, now
from zhitong.kernel.errors import Denied
from zhitong.kernel.scope import acting
from zhitong.loop import actions
from zhitong.loop.actions.counting import catch_up
from zhitong.loop.actions.returning import send_back
from zhitong.loop.actions.supervising import count_board
from zhitong.loop.models import BoardDay, Matter
from zhitong.loop.queries import View, supervising
from zhitong.loop.queries.board import board
from zhitong.loop.queries.counting import counting_scope
from zhitong.loop.queries.supervising import Stand, board_scope
from zhitong.loop.tests.county import OTHER_TOWN, TOWN, County, by_link, path_of, said
from zhitong.loop.web.supervising import days_of

DAY = timedelta(days=1)
HERE, THERE = path_of(TOWN), path_of(OTHER_TOWN)


@pytest.fixture
def world(county: County) -> World:
    """A county with one person of every role."""
    return build(county)


def count() -> None:
    """What the timers do."""
    with acting(board_scope()):
        count_board()
    with acting(counting_scope()):
        assert catch_up()


def get(person: Person, path: str, language: str = "zh-hans") -> str:
    """A page as this person reads it."""
    answer = person.browser().get(path, headers={"Accept-Language": language})
    assert answer.status_code == 200, path
    return answer.content.decode()


def happened(county: County) -> list[Matter]:
    """A month ago one is left lying, one is sent back, one is answered, reopened and closed."""
    with clock_at(now() - 30 * DAY):
        lying, sent, again = (said("村口的路灯坏了三天了", f"s{number}") for number in range(3))
        sender = replace(county.officer, permits=county.officer.permits | {"loop.send_back"})
        with acting(sender):
            actions.take(id=sent.pk)
            send_back(id=sent.pk, post=county.station.pk, reason="归派出所")
            actions.take(id=again.pk)
            actions.answer(id=again.pk, text="已报修")
        with acting(by_link("s2")):
            actions.reopen(id=again.pk, text="还是不亮")
        with acting(county.officer):
            actions.answer(id=again.pk, text="换了灯", outcome="solved")
        with acting(board_scope()):
            count_board()
    return [lying, sent, again]


def test_counts_are_what_the_lists_show(county: County) -> None:
    """Of every township: as many open, late and at risk as the departure board lists."""
    happened(county)
    said("新的", "now", OTHER_TOWN)
    count()
    with acting(board_scope()):
        found = supervising.stands(now())
        assert found == {HERE: Stand(2, 2, 0), THERE: Stand(1, 0, found[THERE].risk)}
        for town, stand in found.items():
            for view, number in (
                (View.NEXT, stand.open), (View.LATE, stand.late), (View.RISK, stand.risk),
            ):  # fmt: skip
                assert len(board(view, town=town).matters) == number
        kept = {row.town: row for row in BoardDay.objects.filter(at__gte=now() - DAY)}
        assert {town: Stand(row.open, row.late, row.risk) for town, row in kept.items()} == found


def test_a_day_has_one_count_and_keeps_it(county: County) -> None:
    """Counted again it is written anew; the day before stays as it was."""
    happened(county)
    count()
    count()
    with acting(board_scope()):
        rows = BoardDay.objects.filter(town=HERE).order_by("day").values_list("open", "late")
        assert list(rows) == [(2, 0), (2, 2)]


def test_only_the_timer_counts(county: County) -> None:
    """Nobody who serves may write these numbers."""
    with acting(county.clerk), pytest.raises(Denied):
        count_board()


def test_every_number_leads_to_its_matters(world: World, county: County) -> None:
    """Late, sent back, reopened: each link opens the list with just these."""
    lying, sent, again = happened(county)
    count()
    supervisor = world.people["supervisor"]
    page = get(supervisor, "/supervise?period=12")
    links = {each.replace("&amp;", "&") for each in re.findall(r'href="(/[^"]+)"', page)}
    wanted = {
        f"/board?view=late&town={TOWN}": {lying, sent},
        "of=returned": {sent},
        "of=reopened": {again},
    }
    for part, matters in wanted.items():
        found = [link for link in links if part in link and "key=&" not in f"{link}&"]
        assert len(found) == 1, part
        listed = get(supervisor, found[0])
        assert all(matter.code in listed for matter in matters)
        others = {lying, sent, again} - matters
        assert not any(matter.code in listed for matter in others)


def test_both_languages_and_any_period(world: World, county: County) -> None:
    """The words are there, and a period that is none is the first one."""
    happened(county)
    supervisor = world.people["supervisor"]
    assert "督办看板" in get(supervisor, "/supervise")
    assert "Supervisor&#x27;s board" in get(supervisor, "/supervise?period=x", "en")
    assert "One" not in get(supervisor, "/supervise?period=1999-01")
    assert get(supervisor, f"/board?view=late&town={TOWN}").count("安德街道") >= 1
    assert get(supervisor, "/board?view=late&town=x")


def test_before_anything_is_counted(world: World) -> None:
    """Townships with zeros, and no line."""
    page = get(world.people["supervisor"], "/supervise")
    assert "安德街道" in page
    assert 'spark__open" d' not in page


def test_nobody_sees_beyond_reach(county: County) -> None:
    """A township's own people see its numbers only."""
    happened(county)
    with acting(county.stranger):
        assert set(supervising.courses([])) <= {THERE}
        assert supervising.towns_within_reach() == [THERE]
        assert set(supervising.stands(now())) == {THERE}


def test_the_days_of_a_line() -> None:
    """Every day of a month, none after today; of a year one in eight."""
    today = date(2026, 11, 20)
    assert days_of([date(2026, 11, 1)], today) == [date(2026, 11, 1) + n * DAY for n in range(20)]
    assert days_of([date(2026, 9, 1)], today)[-1] == date(2026, 9, 30)
    year = days_of([date(2026, 11, 1), date(2025, 12, 1)], today)
    assert year[-1] == today
    assert len(year) == 45
    assert {(after - before).days for before, after in pairwise(year)} == {8}
