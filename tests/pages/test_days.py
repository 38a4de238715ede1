"""Administrators see a year's working days, decide about single ones, and take that back."""

from datetime import date

import pytest
from django.test import Client
from django.utils import translation

from tests.permits.world import World
from zhitong.kernel.clock.chinese import known_years
from zhitong.kernel.clock.models import DayException
from zhitong.kernel.days import queries
from zhitong.kernel.days.words import OCCASIONS

SNOW = {"day": "2026-11-25", "working": "0", "name": "暴雪停工", "source": "县应急办〔2026〕3号"}
LAST = known_years()[1]


@pytest.fixture
def office(world: World) -> Client:
    """The administrator's browser."""
    return world.people["administrator"].browser(strict=False)


def test_holidays_stand_together_and_make_up_days_are_named() -> None:
    """2026: nine days of Spring Festival in a row, two Saturdays worked for them."""
    spring = [run for run in queries.runs(2026) if run.occasion == "Spring Festival"]
    assert [(run.since, run.until, run.working) for run in spring] == [
        (date(2026, 2, 14), date(2026, 2, 14), True),
        (date(2026, 2, 15), date(2026, 2, 23), False),
        (date(2026, 2, 28), date(2026, 2, 28), True),
    ]
    with translation.override("zh-hans"):
        assert str(spring[0].name) == "春节"


def test_every_occasion_of_the_package_has_words() -> None:
    """A new kind of holiday needs a name in both languages."""
    first, last = known_years()
    named = {run.occasion for year in range(first, last + 1) for run in queries.runs(year)}
    assert named <= OCCASIONS.keys()


def test_a_year_is_shown_and_the_end_of_what_is_known_is_said_plainly(office: Client) -> None:
    """Nobody has to guess why the Spring Festival counts as worked."""
    known = office.get(f"/days?year={LAST}").text
    assert "国庆节" in known
    assert "尚无" not in known
    beyond = office.get(f"/days?year={LAST + 1}").text
    assert f"只到{LAST}年，尚无{LAST + 1}年的安排" in beyond
    for year in ("", "x", "0000", "9999", "２０２６", "-1"):
        assert office.get("/days", {"year": year}).status_code == 200


def test_a_day_is_decided_overwritten_taken_back_and_put_back(office: Client) -> None:
    """Whatever a click takes away, one more click puts back."""
    assert "暴雪停工" in office.post("/days", SNOW, follow=True).text
    changed = office.post("/days", SNOW | {"working": "1", "name": "雪停了"}, follow=True)
    assert changed.context["undo"] == SNOW
    assert office.post("/days", changed.context["undo"]).status_code == 302
    assert (DayException.objects.get().working, DayException.objects.get().name) == (
        False, "暴雪停工",
    )  # fmt: skip
    gone = office.post("/days/clear", {"day": SNOW["day"]}, follow=True)
    assert not DayException.objects.exists()
    assert gone.context["undo"] == SNOW
    assert 'value="暴雪停工"' in gone.text
    office.post("/days", gone.context["undo"])
    assert DayException.objects.get().source == SNOW["source"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"day": ""}, {"day": "25.11.2026"}, {"day": "2026-02-30"}, {"day": "0001-01-01"},
        {"day": "9999-12-31"}, {"working": ""}, {"working": "2"}, {"name": " "},
        {"name": "长" * 61}, {"name": "a\x00b"}, {"source": ""}, {"source": "x" * 201},
    ],
)  # fmt: skip
def test_what_makes_no_sense_changes_nothing(office: Client, wrong: dict[str, str]) -> None:
    """The form comes back with a sentence."""
    answer = office.post("/days", SNOW | wrong)
    assert answer.status_code == 400
    assert "field__error" in answer.text
    assert not DayException.objects.exists()


@pytest.mark.parametrize("day", ["", "x", "2026-11-25", "9999-12-31"])
def test_what_was_not_decided_cannot_be_taken_back(office: Client, day: str) -> None:
    """There is nothing here under this address."""
    assert office.post("/days/clear", {"day": day}).status_code == 404


def test_only_what_this_page_took_away_is_offered_back(world: World, office: Client) -> None:
    """A link from elsewhere puts nothing into the form, neither does another person's."""
    office.post("/days", SNOW)
    token = office.post("/days/clear", {"day": SNOW["day"]})["Location"].partition("undo=")[2]
    assert office.get(f"/days?undo={token}").context["undo"] == SNOW
    assert office.get(f"/days?undo={token[:-1]}").context["undo"] is None
    assert office.get("/days?undo=x").context["undo"] is None
