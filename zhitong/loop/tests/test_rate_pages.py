"""The pages of the three rates: what is shown, what leads where, and what nobody sees."""

import csv
import re
from datetime import timedelta
from io import StringIO

import pytest
from django.test import Client

from tests.permits.world import Person, World, build
from zhitong.kernel.areas.models import Area
from zhitong.kernel.clock import clock_at, now
from zhitong.kernel.scope import acting
from zhitong.loop import actions
from zhitong.loop.actions.counting import catch_up, publish_what_is_over
from zhitong.loop.models import Exclusion, Matter
from zhitong.loop.queries.counting import counting_scope
from zhitong.loop.tests.county import TOWN, County, by_link, said
from zhitong.loop.web.lines import drawn

DAY = timedelta(days=1)


@pytest.fixture
def world(county: County) -> World:
    """A county with one person of every role."""
    return build(county)


def happened(world: World, county: County) -> Matter:
    """Two months ago six matters came in; one was answered, closed at once and praised."""
    with clock_at(now() - 70 * DAY):
        matters = [said("村口的路灯坏了三天了", f"p{number}") for number in range(6)]
        with acting(county.officer):
            actions.take(id=matters[0].pk)
            actions.answer(id=matters[0].pk, text="已报修", outcome="solved")
        with acting(by_link("p0")):
            actions.rate(id=matters[0].pk, stars=5)
    with acting(counting_scope()):
        assert catch_up()
        assert publish_what_is_over() == 1
    del world
    return matters[0]


def get(person: Person, path: str, language: str = "zh-hans") -> str:
    """A page as this person reads it."""
    answer = person.browser().get(path, headers={"Accept-Language": language})
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_every_number_leads_to_its_matters(world: World, county: County) -> None:
    """By township, line, category and post: the table, and behind each number its matters."""
    matter = happened(world, county)
    supervisor = world.people["supervisor"]
    for by in ("town", "line", "category", "post"):
        page = get(supervisor, f"/rates?by={by}&period=12")
        links = {
            each.replace("&amp;", "&") for each in re.findall(r'"(/rates/matters\?[^"]+)"', page)
        }
        assert len(links) >= 5
        for link in links:
            get(supervisor, link)
        (praised,) = {each for each in links if "of=rated" in each and "key=&" not in each + "&"}
        assert matter.code in get(supervisor, praised)
    hasty = get(supervisor, "/rates/matters?of=hasty&by=town&period=12&key=")
    assert matter.code in hasty
    assert "安德街道" in get(supervisor, "/rates?period=12")
    assert "One" not in get(supervisor, "/rates?by=nonsense&period=nonsense")


def test_a_spreadsheet_takes_no_cell_for_a_formula(world: World, county: County) -> None:
    """Also where a township is called like one."""
    happened(world, county)
    Area.objects.filter(code=TOWN).update(name="=HYPERLINK(1)")
    answer = world.people["supervisor"].browser().get("/rates/table.csv?period=12")
    assert answer["Content-Disposition"].startswith("attachment")
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ["'=HYPERLINK(1)", "全部"]
    assert rows[1][1:] == rows[2][1:]
    assert rows[1][1] == "7", "six of then and the one that every world has"
    assert all(len(row) == len(rows[0]) for row in rows)


def test_proposing_and_deciding_on_pages(world: World, county: County) -> None:
    """The officer proposes on the matter's page, the supervisor decides on that of exclusions."""
    matter = happened(world, county)
    officer, supervisor = world.people["community_officer"], world.people["supervisor"]
    assert f"/m/{matter.code}/exclude" in get(officer, f"/m/{matter.code}")
    browser = officer.browser(strict=False)
    assert browser.post(f"/m/{matter.code}/exclude", {"reason": ""}).status_code == 400
    sent = browser.post(f"/m/{matter.code}/exclude", {"reason": "同一件事，12345 已办结"})
    assert sent.status_code == 302
    again = browser.post(f"/m/{matter.code}/exclude", {"reason": "再来"})
    assert again.status_code == 400
    waiting = get(supervisor, "/rates/exclusions?view=waiting")
    assert "同一件事" in waiting
    assert matter.code in waiting
    proposal = _proposal(county)
    decided = supervisor.browser(strict=False).post(
        f"/rates/exclusions/{proposal}", {"accepted": "1"}
    )
    assert decided.status_code == 302
    assert "同一件事" not in get(supervisor, "/rates/exclusions?view=waiting")
    assert "同一件事" in get(supervisor, "/rates/exclusions")
    with acting(counting_scope()):
        assert catch_up()
    excluded = get(supervisor, "/rates/matters?of=excluded&by=town&period=12&key=")
    assert matter.code in excluded


def _proposal(county: County) -> object:
    with acting(county.clerk):
        return Exclusion.objects.get().pk


def test_the_public_page_hides_small_numbers(world: World, county: County) -> None:
    """Six matters are shown, the one verdict is not; nothing leads to a matter."""
    matter = happened(world, county)
    for language, title in (("zh-hans", "各镇街办理情况"), ("en", "How the matters fared")):
        answer = Client().get("/open/rates", headers={"Accept-Language": language})
        page = answer.content.decode()
        assert title in page
        assert matter.code not in page
        assert "/rates/matters" not in page
        cells = re.findall(r"<td[^>]*>(.*?)</td>", page, re.DOTALL)
        assert "6" in cells[0]
        assert "·" in cells[3]
    assert Client().get("/open/rates?month=1999-01").status_code == 200


def test_before_anything_is_published(world: World) -> None:
    """An honest empty page, for everybody."""
    assert "10" in Client().get("/open/rates").content.decode()
    assert get(world.people["supervisor"], "/rates")
    assert get(world.people["supervisor"], "/rates/exclusions")


def test_lines_of_development() -> None:
    """All is at the top, nothing at the bottom; what is not known leaves a gap."""
    assert drawn([]) == ""
    assert drawn([None, None]) == ""
    assert drawn([1.0]) == "M3.0 3.0h.01"
    assert drawn([0.0, None, 1.0]) == "M3.0 21.0h.01M93.0 3.0h.01"
    assert drawn([0.0, 1.0]) == "M3.0 21.0h.01L93.0 3.0"
