"""What lies open: exactly what two people released, and not a moment longer."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from zhitong.kernel.bus.relay import relay
from zhitong.kernel.retention.sweeping import sweep
from zhitong.kernel.scope import acting
from zhitong.loop import actions, queries
from zhitong.loop.models import Matter, Publication, PublicUpdate
from zhitong.loop.numbers import public_code
from zhitong.loop.tests.county import TOWN, County, by_link, path_of, said
from zhitong.loop.tests.opening_up import (
    ANSWER,
    SECRET,
    TEXT,
    answered,
    lying_open,
    released,
    taken_back,
)


def test_the_copy_holds_the_released_words_and_no_others(county: County) -> None:
    matter = lying_open(county, "o1")
    row = queries.publication(public_code(matter.pk))
    assert (row.words, row.answer) == (TEXT, ANSWER)
    assert (row.town, row.owner, row.stage, row.outcome) == (
        path_of(TOWN), "北街警务室", "closed", "solved",
    )  # fmt: skip
    assert (row.requested_at.minute, row.requested_at.second) == (0, 0)
    everything = repr(Publication.objects.values().get())
    for secret in (SECRET, "13812345678", "王建国", matter.code, matter.tracking_digest):
        assert secret not in everything


@pytest.mark.parametrize("category", ["other", "gambling"])
def test_nothing_of_a_private_category_lies_open(county: County, category: str) -> None:
    lying_open(county, "o1", category=category)
    assert not Publication.objects.exists()


def test_a_draft_does_not_lie_open_and_a_withdrawn_one_not_any_more(county: County) -> None:
    matter = said(SECRET, "o1", category="streetlight")
    assert not queries.is_open_to_all(matter.pk)
    released(county, matter)
    assert queries.is_open_to_all(matter.pk)
    taken_back(county, matter)
    assert not queries.is_open_to_all(matter.pk)


def test_it_follows_the_matter(county: County) -> None:
    matter = released(county, said(SECRET, "o1", category="streetlight"))
    row = Publication.objects.get()
    assert (row.stage, row.open, row.answered_at) == ("received", True, None)
    answered(county, matter)
    relay()
    row = Publication.objects.get()
    assert (row.stage, row.outcome, row.open) == ("closed", "solved", False)
    with acting(by_link("o1")):
        actions.rate(id=matter.pk, stars=1)
    relay()
    row = Publication.objects.get()
    assert (row.stage, row.open, row.outcome) == ("owned", True, "")
    stages = [each.stage for each in PublicUpdate.objects.order_by("at", "id")]
    assert stages[0] == "received"
    assert stages[-2:] == ["closed", "owned"]


def test_what_the_resident_takes_back_lies_open_no_more(county: County) -> None:
    matter = released(county, said(SECRET, "o1", category="streetlight"))
    with acting(by_link("o1")):
        actions.withdraw(id=matter.pk)
    relay()
    assert not Publication.objects.exists()


def test_what_turns_out_to_be_of_a_private_category_lies_open_no_more(county: County) -> None:
    matter = released(county, said(SECRET, "o1", category="streetlight"))
    assert queries.is_open_to_all(matter.pk)
    scope = replace(county.officer, permits=county.officer.permits | {"loop.reclassify"})
    with acting(scope):
        actions.reclassify(id=matter.pk, category="gambling", reason="是赌博线索")
    relay()
    assert not queries.is_open_to_all(matter.pk)


def test_a_copy_whose_matter_is_gone_is_swept_away(county: County) -> None:
    matter = lying_open(county, "o1")
    with acting(county.officer):
        Matter.objects.get(pk=matter.pk).delete()
    assert sweep()["loop.Publication"] == 1
    assert not PublicUpdate.objects.exists()


def test_the_list_asks_by_theme_town_words_and_goes_on_by_key(
    county: County, client: Client
) -> None:
    for number in range(23):
        lying_open(county, f"o{number}")
    first = client.get("/open/answers").content.decode()
    assert first.count("<article") == 20
    older = f"/open/answers?before={Publication.objects.order_by('-answered_at', '-id')[19].code}"
    assert older in first
    assert client.get(older).content.decode().count("<article") == 3
    for query, some in (
        ("theme=order", True), ("theme=streetlight", True), ("theme=traffic", False),
        (f"town={TOWN}", True), ("town=371403002", False),
        ("q=路灯", True), ("q=灯头", True), ("q=王建国", False), ("before=nonsense", True),
    ):  # fmt: skip
        page = client.get(f"/open/answers?{query}").content.decode()
        assert ("<article" in page) is some, query


def test_a_page_for_each_and_404_for_the_rest(county: County, client: Client) -> None:
    hidden = said(SECRET, "o2", category="streetlight")
    shown = lying_open(county, "o1")
    page = client.get(f"/open/m/{public_code(shown.pk)}")
    assert page.status_code == 200
    text = page.content.decode()
    assert TEXT in text
    assert ANSWER in text
    assert "王建国" not in text
    assert shown.code not in text
    nowhere = client.get(f"/open/m/{'0' * 16}")
    there = client.get(f"/open/m/{public_code(hidden.pk)}")
    assert (there.status_code, nowhere.status_code) == (404, 404)


def test_in_both_languages_and_kept_by_nobody_who_should_not(
    county: County, client: Client
) -> None:
    matter = lying_open(county, "o1")
    for path in ("/open/answers", "/open/answers.atom", f"/open/m/{public_code(matter.pk)}"):
        for lang, word in (("zh", "路灯、井盖、监控损坏"), ("en", "Street lights")):
            answer = client.get(path, {"lang": lang})
            assert word in answer.content.decode(), path
            assert answer.headers["Cache-Control"] == "public, max-age=60"
            assert not answer.cookies, path
            assert "Cookie" in answer.headers["Vary"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            again = client.get(path, {"lang": lang}, headers={"If-None-Match": answer["ETag"]})
            assert (again.status_code, again.content) == (304, b"")


def test_few_statements_however_many_there_are(county: County, client: Client) -> None:
    for number in range(5):
        lying_open(county, f"o{number}")
    code = Publication.objects.all()[0].code
    for path, most in (("answers", 3), ("answers.atom", 2), (f"m/{code}", 4)):
        with CaptureQueriesContext(connection) as sent:
            client.get(f"/open/{path}")
        assert len(sent) <= most, path
