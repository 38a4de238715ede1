"""The pages on which answers and notes are written: what each box says, keeps and sends."""

import re

import pytest
import time_machine
from django.test import Client

from tests.permits.world import signed_in
from zhitong.kernel.identity import sign_ins
from zhitong.kernel.identity.models import Account
from zhitong.kernel.scope import acting
from zhitong.loop import actions, queries
from zhitong.loop.categories import GROUPS
from zhitong.loop.models import Draft, Matter, Reply
from zhitong.loop.tests.clocks import at
from zhitong.loop.tests.county import County, said
from zhitong.loop.tests.test_replies import BODY, today, written


def at_desk(username: str, **headers: str) -> Client:
    browser = Client(headers={"Accept-Language": "en"} | headers)
    browser.cookies[sign_ins.COOKIE] = signed_in(account=Account.objects.get(username=username))
    return browser


@pytest.fixture
def officer(county: County) -> Client:
    return at_desk("wangjianguo")


@pytest.fixture
def owned(county: County) -> Matter:
    """Somebody with a name has said something, and it is in hand."""
    matter = said("村口的路灯坏了三天了", "write-1", name="王小明", phone="13800138000")
    with acting(county.officer):
        actions.take(id=matter.pk)
        return queries.matter(matter.pk)


def forms(page: str) -> dict[str, str]:
    """The forms of a page by where they go."""
    found = re.findall(r'<form[^>]*action="([^"]+)"[^>]*>(.*?)</form>', page, re.DOTALL)
    return dict(found)


def test_a_note_and_an_answer_cannot_be_confused(owned: Matter, officer: Client) -> None:
    """Each form says on its button who will read it, looks its own way and shares no field id."""
    page = officer.get(f"/m/{owned.code}").text
    answer, note = (forms(page)[f"/m/{owned.code}/{verb}"] for verb in ("answer", "note"))
    assert "Answer 王**, who will read this" in answer
    assert "Note for colleagues" not in answer
    assert "Note for colleagues" in note
    assert "who will read this" not in note
    assert "The resident never does" in note
    assert re.search(r'<section class="speaks[^>]*>.*?/answer"', page, re.DOTALL)
    assert re.search(r'/note" class="[^"]*card--internal', page)
    ids = [set(re.findall(r'\bid="([^"]+)"', one)) for one in (answer, note)]
    assert ids[0] and ids[1] and not ids[0] & ids[1]


def test_without_a_name_the_button_says_the_resident(
    county: County, matter: Matter, officer: Client
) -> None:
    with acting(county.officer):
        actions.take(id=matter.pk)
    assert "Answer the resident, who will read this" in officer.get(f"/m/{matter.code}").text


def test_a_draft_survives_closing_the_tab(owned: Matter, officer: Client) -> None:
    """Kept without a script by a button, and there again on another computer."""
    sent = {"box": "answer", "text": "已经派人", "outcome": "solved", "do": "more"}
    answer = officer.post(f"/m/{owned.code}/draft", sent)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/m/{owned.code}/write")
    officer.post(f"/m/{owned.code}/draft", {"box": "note", "text": "问过电工"})
    elsewhere = at_desk("wangjianguo")
    for path in (f"/m/{owned.code}", f"/m/{owned.code}/write"):
        page = elsewhere.get(path).text
        assert "已经派人</textarea>" in page
        assert '<option value="solved" selected>' in page
    assert "问过电工</textarea>" in elsewhere.get(f"/m/{owned.code}").text
    other = at_desk("lixiulan").get(f"/m/{owned.code}").text
    assert "已经派人" not in other
    assert "has begun an answer" in other


def test_a_script_keeps_it_while_one_types(owned: Matter) -> None:
    typing = at_desk("wangjianguo", **{"HX-Request": "true"})
    kept = typing.post(f"/m/{owned.code}/draft", {"box": "answer", "text": "已"})
    assert kept.status_code == 200
    assert "Draft kept" in kept.text
    assert "<html" not in kept.text
    gone = typing.post(f"/m/{owned.code}/draft", {"box": "answer", "text": ""})
    assert "No draft is kept" in gone.text


def test_choosing_fills_the_box_with_and_without_a_script(
    county: County, owned: Matter, officer: Client
) -> None:
    row = written(county)
    for headers in ({}, {"HX-Request": "true"}):
        assert "Street lamp" in officer.get(f"/m/{owned.code}/choose", headers=headers).text
    sent = {"reply": str(row.pk), "text": "您好！", "outcome": "", "version": "2"}
    page = officer.post(f"/m/{owned.code}/fill", sent)
    part = at_desk("wangjianguo", **{"HX-Request": "true"}).post(f"/m/{owned.code}/fill", sent)
    for answer in (page, part):
        assert answer.status_code == 200
        assert f"您好！\n\n您反映的{owned.code}已由北街警务室处理" in answer.text
        assert "still to be filled in: office_phone" in answer.text
    assert "<html" in page.text
    assert "<html" not in part.text
    text = part.context["form"]["text"].value()
    refused = officer.post(f"/m/{owned.code}/answer", sent | {"text": text})
    assert refused.status_code == 400
    whole = text.replace("{{office_phone}}", "0534-0000000")
    assert officer.post(f"/m/{owned.code}/answer", sent | {"text": whole}).status_code == 302


@pytest.mark.parametrize("reply", ["", "x", "ended"])
def test_what_is_not_offered_is_not_filled_in(
    county: County, owned: Matter, officer: Client, reply: str
) -> None:
    row = written(county)
    with acting(county.officer):
        actions.end_reply(family=row.family)
    chosen = str(row.pk) if reply == "ended" else reply
    answer = officer.post(f"/m/{owned.code}/fill", {"reply": chosen, "text": ""})
    assert answer.status_code == 404
    assert "not offered here any more" in answer.text


def test_planning_by_the_page(county: County) -> None:
    with time_machine.travel(at("11-23 09:00"), tick=False):
        matter = said("路灯坏了", "write-2")
        with acting(county.officer):
            actions.take(id=matter.pk)
        officer = at_desk("wangjianguo")
        sent = {"text": "明天修", "outcome": "", "version": "2", "goes_out": "2026-11-23T22:00"}
        for wrong in ({"goes_out": ""}, {"goes_out": "x"}, {"text": ""}, {"text": "{{code}}"}):
            answer = officer.post(f"/m/{matter.code}/later", sent | wrong)
            assert answer.status_code == 400
        assert officer.post(f"/m/{matter.code}/later", sent | {"version": "1"}).status_code == 409
        assert officer.post(f"/m/{matter.code}/later", sent).status_code == 302
        with acting(county.officer):
            row = Draft.objects.get()
        page = officer.get(f"/m/{matter.code}").text
        assert "An answer goes out" in page
        assert "tomorrow 08:00" in page
        assert 'value="2026-11-24T08:00"' in officer.get(f"/m/{matter.code}/write").text
        for wrong_id in ("", "x"):
            off = officer.post(f"/m/{matter.code}/later/off", {"draft": wrong_id})
            assert off.status_code == 404
        assert officer.post(f"/m/{matter.code}/later/off", {"draft": row.pk}).status_code == 302
        assert "明天修</textarea>" in officer.get(f"/m/{matter.code}").text


def test_keeping_prepared_answers_by_the_page(county: County, officer: Client) -> None:
    sent = {
        "title_zh": "路灯", "title_en": "Lamp", "body": BODY, "post": str(county.office.pk),
        "starts_on": f"{today()}", "ends_on": "", "categories": [next(iter(GROUPS))],
    }  # fmt: skip
    wrong = officer.post("/replies/new", sent | {"body": "{{phone}}"})
    assert wrong.status_code == 400
    assert "Not known: phone" in wrong.text
    assert officer.post("/replies/new", sent | {"post": "x"}).status_code == 400
    assert officer.post("/replies/new", sent).status_code == 302
    row = Reply.objects.get()
    page = officer.get(f"/replies/{row.family}").text
    assert BODY in page
    again = sent | {"body": "{{today}}", "version": "1"}
    assert officer.post(f"/replies/{row.family}", again).status_code == 302
    assert officer.post(f"/replies/{row.family}", again).status_code == 400
    listed = officer.get("/replies").text
    assert "version 2" in listed
    assert "version 1" not in listed
    assert officer.post(f"/replies/{row.family}/end").status_code == 302
    assert "version 2" in officer.get("/replies?view=over").text
    assert at_desk("zhaodayong").get(f"/replies/{row.family}").status_code == 404
