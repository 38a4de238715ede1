"""The plan: the same for the same seed, within the county, with nothing real in it."""

import re
from collections import Counter
from datetime import datetime, timedelta

import pytest

from zhitong.config.demo.history import RESIDENT
from zhitong.config.demo.hours import ZONE
from zhitong.config.demo.people import PHONE_PREFIX, SIGN_IN_RESIDENT
from zhitong.config.demo.photos import DRAWINGS
from zhitong.config.demo.plan import DAYS, MATTERS, plan
from zhitong.config.demo.scenes import scenes
from zhitong.config.demo.stations import HOME, service
from zhitong.config.demo.tests.conftest import UNTIL
from zhitong.loop.categories import CATEGORIES, GROUPS, chain
from zhitong.loop.domain import ENDED, Channel, Outcome, Stage, Verb, move, verb_after_rating

ID_NUMBER = re.compile(r"\d{17}[\dXx]")
LONG_NUMBER = re.compile(r"\d{7,}")
ASKED_FOR = {
    "hardship-after-accident", "left-behind-child", "weather-warning", "fraud-brushing",
    "fraud-fake-police", "newborn-registration", "move-household", "temporary-residents",
    "employer-registration", "unpaid-wages", "iou-advice", "neighbours-quarrel", "school-gate",
    "night-noise", "street-lamp-12345", "lost-dog", "stolen-battery", "wandering-elder",
    "thank-you", "refused-with-reason", "withdrawn",
}  # fmt: skip


def texts(matters):
    return [m.words for m in matters] + [s.text for m in matters for s in m.steps if s.text]


def test_the_same_seed_gives_the_same_history(places, matters):
    assert plan("tests", places, UNTIL) == matters
    assert plan("other", places, UNTIL) != matters


def test_there_are_a_few_hundred_over_ninety_days(matters):
    assert len(matters) == MATTERS
    assert len({m.external_id for m in matters}) == MATTERS
    assert all(UNTIL - timedelta(days=DAYS + 1) <= m.opened_at <= UNTIL for m in matters)
    assert [m.opened_at for m in matters] == sorted(m.opened_at for m in matters)


def test_only_villages_of_the_county(matters, gazetteer):
    assert {m.area for m in matters} <= set(gazetteer.by_code)
    assert all(len(m.area) == 12 for m in matters)
    assert {m.area[:9] for m in matters} == {town.code for town in gazetteer.townships}


def test_nobody_real_can_be_reached(matters):
    phones = {m.resident.phone for m in matters if m.resident.phone}
    assert all(re.fullmatch(PHONE_PREFIX + r"\d{4}", phone) for phone in phones)
    for text in texts(matters):
        assert not ID_NUMBER.search(text)
        assert not LONG_NUMBER.search(text)
        assert "http" not in text


NOT_IN_THE_DEMO = {"open", "hand_over", "take_back", "split"}
NOT_IN_THE_DEMO |= {"unmerge", "join", "part", "told"}  # what a merge brings, and what ends it
ADDED_AT_THE_END = {"send_back", "keep", "reclassify", "set_task", "end_task"}


def test_everything_is_present(matters):
    assert {m.stage for m in matters} == {stage.value for stage in Stage}
    assert {m.channel for m in matters} == set(Channel) - {Channel.MAIL}
    assert {chain(m.category)[0] for m in matters} == set(GROUPS)
    assert {m.category for m in matters} <= set(CATEGORIES)
    assert {s.do for m in matters for s in m.steps} == {
        v.value for v in Verb
    } - NOT_IN_THE_DEMO - ADDED_AT_THE_END
    assert {s.outcome for m in matters for s in m.steps if s.outcome} <= {o.value for o in Outcome}
    assert max(m.rounds for m in matters) >= 2
    assert {m.photo for m in matters} - {""} <= set(DRAWINGS)


def test_some_are_late(matters):
    waiting = [m for m in matters if m.stage not in ENDED]
    assert sum(m.opened_at < UNTIL - timedelta(days=9) for m in waiting) >= 5
    assert sum(m.opened_at > UNTIL - timedelta(days=2) for m in waiting) >= 5


def test_every_step_is_possible_and_in_order(matters):
    for matter in matters:
        stage, at = Stage.RECEIVED, matter.opened_at
        for step in matter.steps:
            verb = verb_after_rating(step.stars) if step.do == "rate" else Verb(step.do)
            if step.do == "rate":
                move(stage, Verb.RATE)
            stage = move(stage, verb)
            assert at <= step.at <= UNTIL, matter.external_id
            at = step.at
        assert stage == matter.stage


def test_every_scene_is_there_and_in_its_place(matters, gazetteer):
    found = {m.scene: m for m in matters if m.scene}
    assert set(found) == {scene.key for scene in scenes()}
    assert set(found) >= ASKED_FOR
    for scene in scenes():
        assert scene.title
        assert scene.english.isascii()
        assert gazetteer.named(scene.place).code.startswith("371403")
    assert found["neighbours-quarrel"].rounds == 2
    assert found["unpaid-wages"].stage == "rated"
    assert found["overdue"].stage == "received"


@pytest.mark.parametrize("month", [1, 5, 8, 10])
def test_scenes_fit_every_season_and_hour(places, month):
    until = datetime(2027, month, 3, 0, 20, tzinfo=ZONE)
    made = plan("season", places, until)
    assert {m.scene for m in made} - {""} == {scene.key for scene in scenes()}
    assert all(m.opened_at <= until for m in made)


def test_the_shared_sign_ins_have_something_to_see(matters, gazetteer):
    serving = service(gazetteer)
    mine = [m for m in matters if m.resident == SIGN_IN_RESIDENT and m.channel == "web"]
    assert {m.stage for m in mine} >= {"rated", "closed", "owned"}
    home = [m for m in matters if m.area.startswith(HOME) and m.stage not in ENDED]
    assert len(home) >= 4
    actors = {s.by for m in matters for s in m.steps} - {RESIDENT}
    assert actors <= {person.username for person in serving.staff}
    assert actors >= {"wangping", "liumin", "zhaoyue", "sunwei"}


def test_residents_speak_for_themselves(matters):
    own = {"rate", "reopen", "withdraw", "add"}
    for matter in matters:
        for step in matter.steps:
            assert (step.by == RESIDENT) == (step.do in own)


def test_what_is_said_does_not_repeat(matters):
    said = Counter(m.words for m in matters)
    again = sum(count - 1 for count in said.values())
    assert again <= 0.03 * len(matters)
    assert len({m.topic for m in matters}) >= 90


def test_service_and_people_keep_hours(matters):
    by_hour = Counter(m.opened_at.astimezone(ZONE).hour for m in matters)
    assert sum(by_hour[hour] for hour in (2, 3, 4)) == 0
    assert sum(by_hour[hour] for hour in range(8, 22)) > 0.8 * len(matters)
    weekend = sum(m.opened_at.astimezone(ZONE).weekday() > 4 for m in matters)
    assert weekend < 0.32 * len(matters)
