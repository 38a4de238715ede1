"""Sending again: the same thing is one matter, something else is never taken for it nor lost."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.hostile.files import ACCEPTED
from zhitong.kernel.audit.models import AuditEntry
from zhitong.kernel.crypto.codes import tracking_code
from zhitong.kernel.databases.reach import beyond_reach
from zhitong.kernel.errors import Invalid
from zhitong.kernel.scope import acting
from zhitong.loop import actions, queries
from zhitong.loop.actions.sameness import Differs
from zhitong.loop.domain import Stage, Verb
from zhitong.loop.models import Matter
from zhitong.loop.tests.county import OTHER_TOWN, TOWN, VILLAGE, County, by_link, said

SAID = {"town": TOWN, "village": VILLAGE, "nonce": "abcdefghijklmnop", "category": "other"}
CODE = tracking_code(channel="web", external_id=SAID["nonce"])


def say(client: Client, words: str, **more: Any) -> Any:
    """Send the form with one and the same nonce."""
    return client.post("/say", SAID | {"words": words} | more)


def picture() -> SimpleUploadedFile:
    """A photo as a phone sends it."""
    return SimpleUploadedFile("a.jpg", ACCEPTED[0].make(), "image/jpeg")


def kept() -> list[str]:
    """The words of all matters there are."""
    with beyond_reach():
        return list(Matter.unguarded.order_by("id").values_list("words", flat=True))


def test_the_same_form_twice_is_one_matter(county: County, client: Client) -> None:
    """However browsers end lines; with the same pictures, name and number."""
    more = {"name": "陈志远", "phone": "138 1234 5678"}
    first = say(client, "第一件事\r\n说两行", photos=picture(), **more)
    again = say(client, "第一件事\r\n说两行", photos=picture(), **more)
    assert (first.status_code, again.status_code) == (302, 302)
    assert first["Location"] == again["Location"] == f"/t/{CODE}/said"
    assert kept() == ["第一件事\n说两行"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("zh-hans", "第一次说的已经收到"), ("en", "The first message has arrived")],
)
def test_other_words_come_back_with_a_choice(
    county: County, client: Client, language: str, sentence: str
) -> None:
    """Everything typed is still there, the first matter has its code, and nothing was written."""
    say(client, "第一件事")
    entries = AuditEntry.objects.count()
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    answer = say(client, "第二件事", name="陈志远")
    assert answer.status_code == 409
    for part in (sentence, "第二件事", "陈志远", SAID["nonce"], f'href="/t/{CODE}"'):
        assert part in answer.text, part
    assert kept() == ["第一件事"]
    assert AuditEntry.objects.count() == entries


def test_as_a_new_matter(county: County, client: Client) -> None:
    """The choice can be sent twice as well, and a third text chosen the same way is a third."""
    say(client, "第一件事")
    second = say(client, "第二件事", also="new")["Location"]
    assert say(client, "第二件事", also="new")["Location"] == second != f"/t/{CODE}/said"
    assert say(client, "第三件事", also="new")["Location"] != second
    assert kept() == ["第一件事", "第二件事", "第三件事"]
    assert say(client, "第一件事")["Location"] == f"/t/{CODE}/said"


def test_as_a_further_word(county: County, client: Client) -> None:
    """Once, however often it is sent."""
    say(client, "第一件事")
    assert 'value="add"' in say(client, "第二件事").text
    for _again in range(2):
        assert say(client, "第二件事", also="add")["Location"] == f"/t/{CODE}/said"
    with acting(by_link(SAID["nonce"])):
        steps = queries.timeline(queries.by_link(), public_only=True)
    assert [(step.verb, step.text) for step in steps] == [("open", ""), ("add", "第二件事")]
    assert kept() == ["第一件事"]


def test_what_adding_words_would_lose_is_not_offered_to_be_added(
    county: County, client: Client
) -> None:
    """Pictures, a number, another place or theme; nor is anything added to what has ended."""
    say(client, "第一件事")
    changes: list[dict[str, Any]] = [
        {"photos": picture()},
        {"phone": "13812345678"},
        {"village": ""},
        {"category": "traffic"},
    ]
    for change in changes:
        answer = say(client, "第一件事", **change)
        assert answer.status_code == 409, change
        assert 'value="add"' not in answer.text
        assert 'value="new"' in answer.text
    say(client, "第一件事", photos=picture(), also="new")
    assert kept() == ["第一件事", "第一件事"]
    with acting(by_link(SAID["nonce"])):
        actions.withdraw(id=queries.by_link().pk)
    assert 'value="add"' not in say(client, "第二件事").text
    refused = say(client, "第二件事", also="add")
    assert refused.status_code == 409
    assert "第二件事" in refused.text


def test_every_part_counts(county: County, matter: Matter) -> None:
    """The refusal names what differs, and leaves the first as it was."""
    changes = {
        "area": {"area": TOWN},
        "category": {"category": "traffic"},
        "name": {"name": "陈志远"},
        "phone": {"phone": "13812345678"},
    }
    for part, change in changes.items():
        with pytest.raises(Differs) as refusal:
            said(matter.words, "nonce-1", **change)
        assert set(refusal.value.fields) == {part}
        assert refusal.value.first.pk == matter.pk
    assert said(matter.words, "nonce-1").pk == matter.pk


def test_a_place_that_was_corrected_does_not_make_it_another_thing(
    county: County, matter: Matter
) -> None:
    """Whoever sends the same again knows nothing of what the officer has put right."""
    with acting(replace(county.clerk, permits=county.clerk.permits | {"loop.move_area"})):
        actions.move_area(id=matter.pk, area=TOWN)
    again = said(matter.words, "nonce-1")
    assert (again.pk, Stage(again.stage)) == (matter.pk, Stage.RECEIVED)
    with acting(by_link("nonce-1")):
        steps = queries.timeline(again, public_only=False)
    assert Verb.MOVE_AREA in {step.verb for step in steps}


def test_a_place_out_of_reach_is_one_that_is_nowhere(county: County) -> None:
    """The action itself says so, whichever door it came through."""
    answers = []
    for area in (OTHER_TOWN, "999999999"):
        with acting(county.clerk), pytest.raises(Invalid) as refusal:
            actions.open_matter(area=area, words="路灯", channel="api", external_id="x")
        answers.append({name: str(words) for name, words in refusal.value.fields.items()})
    assert answers[0] == answers[1]
