"""A warning from the desk to a signed document: sheet, approval, update, end."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import feedparser
import pytest
from capvalidator import validate_cap_message
from cryptography import x509
from django.test import Client

from zhitong.kernel.errors import Invalid
from zhitong.kernel.scope import Reach, Scope, acting
from zhitong.lines.microblog.alerts import actions, queries
from zhitong.lines.microblog.alerts.actions import NotWriting, NoWarning
from zhitong.lines.microblog.alerts.domain import MessageType, check
from zhitong.lines.microblog.alerts.domain.lineage import stories
from zhitong.lines.microblog.alerts.reactions import send_the_alert, send_the_end
from zhitong.lines.microblog.alerts.signing import read_signed
from zhitong.lines.microblog.desk import actions as desk
from zhitong.lines.microblog.desk.events import NotePublished, NoteWithdrawn
from zhitong.lines.microblog.desk.timers import publish_due
from zhitong.loop.tests.county import TOWN, VILLAGE, County, path_of

PERMITS = frozenset(
    {
        "desk.write", "desk.submit", "desk.review", "desk.schedule", "desk.withdraw",
        "alerts.describe",
    }
)  # fmt: skip
WORDS: dict[str, Any] = {
    "category": "warning",
    "title": "有人冒充社保中心",
    "words": "今天两个村的老人接到电话，对方要银行卡密码。",
    "title_en": "Callers claim to be from social security",
    "words_en": "Old people in two villages were asked for the codes of their bank cards.",
}
SHEET: dict[str, Any] = {
    "event": "电信诈骗",
    "event_en": "telephone fraud",
    "category": "Security",
    "urgency": "Immediate",
    "severity": "Severe",
    "certainty": "Observed",
    "response": "Avoid",
    "instruction": "不要说出密码，马上拨打110。",
    "instruction_en": "Tell nobody your code. Call 110.",
    "hours": 72,
    "places": [TOWN],
}
HEARS = Scope(
    "system:test", Reach((path_of("37"),)), frozenset({"alerts.issue", "alerts.end"}), "test"
)


@pytest.fixture
def editor(county: County) -> Scope:
    return replace(county.clerk, permits=county.clerk.permits | PERMITS)


@pytest.fixture
def colleague(editor: Scope) -> Scope:
    return replace(editor, actor=f"staff:{uuid4()}")


def let_out(note: UUID, version: int, editor: Scope, colleague: Scope) -> int:
    """Hand in, approve and publish; returns the note's version."""
    with acting(editor):
        found = desk.submit(note=note, version=version)
    with acting(colleague):
        found = desk.review(note=note, version=found.version, approve=True)
        found = desk.schedule(note=note, version=found.version)
    assert publish_due() == 1
    with acting(HEARS):
        send_the_alert(NotePublished(note=str(note), number=found.latest))
        send_the_alert(NotePublished(note=str(note), number=found.latest))  # heard twice
    return found.version + 1


@pytest.fixture
def warned(editor: Scope, colleague: Scope) -> tuple[UUID, int]:
    """A warning that is out, and the version of its note."""
    with acting(editor):
        note = desk.write(area=TOWN, **WORDS)
        actions.describe(note=note.pk, **SHEET)
    return note.pk, let_out(note.pk, note.version, editor, colleague)


def paper() -> x509.Certificate:
    kept = queries.certificate()
    assert kept is not None
    return x509.load_pem_x509_certificate(kept.pem.encode())


def test_a_warning_goes_out_signed_and_by_the_rules(warned: tuple[UUID, int]) -> None:
    (row,) = queries.sent_before(warned[0])
    data = row.document.encode()
    found = validate_cap_message(data)
    assert found.passed, found.message
    alert = read_signed(data, paper())
    assert check(alert) == []
    assert [info.language for info in alert.infos] == ["zh-CN", "en"]
    assert alert.infos[1].instruction == SHEET["instruction_en"]
    assert alert.infos[0].places[0].geocodes == (("GB/T 2260", TOWN),)
    assert queries.in_force() == [row]


def test_an_update_names_what_it_follows_and_the_end_ends_it(
    warned: tuple[UUID, int], editor: Scope, colleague: Scope
) -> None:
    note, version = warned
    with acting(editor):
        corrected = {**WORDS, "words": "对方号码以00开头。", "why": "补充来电特征"}
        found = desk.write(note=note, version=version, **corrected)
    version = let_out(note, found.version, editor, colleague)
    with acting(editor):
        desk.withdraw(note=note, version=version, words="嫌疑人已抓获，解除预警")
    with acting(HEARS):
        for _twice in range(2):
            send_the_end(NoteWithdrawn(note=str(note)))
    rows = queries.sent_before(note)
    assert [row.type for row in rows] == ["Alert", "Update", "Cancel"]
    read = [read_signed(row.document.encode(), paper()) for row in rows]
    for alert in read:
        assert validate_cap_message(rows[read.index(alert)].document.encode()).passed
    (story,) = stories(reversed(read))
    assert [alert.type for alert in story.alerts] == list(MessageType)[:3]
    assert story.is_cancelled
    assert not story.missing
    assert queries.in_force() == []
    assert [row.type for row in queries.in_feed()] == ["Cancel"]


def test_nothing_is_handed_in_without_its_sheet(editor: Scope) -> None:
    with acting(editor):
        note = desk.write(area=TOWN, **WORDS)
        with pytest.raises(Invalid):
            desk.submit(note=note.pk, version=note.version)


def test_only_a_warning_goes_out_as_one(editor: Scope) -> None:
    with acting(editor):
        note = desk.write(area=TOWN, **{**WORDS, "category": "office"})
        with pytest.raises(NoWarning):
            actions.describe(note=note.pk, **SHEET)


def test_what_is_corrected_into_something_else_ends_as_a_warning(
    warned: tuple[UUID, int], editor: Scope, colleague: Scope
) -> None:
    note, version = warned
    with acting(editor):
        other = {**WORDS, "category": "prevention", "why": "不是警情"}
        found = desk.write(note=note, version=version, **other)
    let_out(note, found.version, editor, colleague)
    assert [row.type for row in queries.sent_before(note)] == ["Alert", "Cancel"]
    assert queries.in_force() == []


def test_what_others_look_at_does_not_change_under_their_eyes(editor: Scope) -> None:
    with acting(editor):
        note = desk.write(area=TOWN, **WORDS)
        actions.describe(note=note.pk, **SHEET)
        desk.submit(note=note.pk, version=note.version)
        with pytest.raises(NotWriting):
            actions.describe(note=note.pk, **SHEET)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("event", " "), ("severity", "Bad"), ("urgency", ""), ("certainty", "x"),
        ("response", "Run"), ("category", "None"), ("hours", 0), ("hours", 999),
        ("places", ["371403"]), ("places", ["x"]), ("places", [VILLAGE] * 21),
    ],
)  # fmt: skip
def test_a_sheet_that_makes_no_sense_is_refused(editor: Scope, field: str, value: Any) -> None:
    with acting(editor):
        note = desk.write(area=TOWN, **WORDS)
        with pytest.raises(Invalid) as refused:
            actions.describe(note=note.pk, **{**SHEET, field: value})
        assert field in refused.value.fields


def test_everybody_reads_warnings_documents_and_the_feed(
    client: Client, warned: tuple[UUID, int]
) -> None:
    (row,) = queries.sent_before(warned[0])
    page = client.get("/alerts?lang=zh").content.decode()
    assert WORDS["title"] in page
    assert SHEET["instruction"] in page
    document = client.get(f"/alerts/{row.identifier}.cap.xml")
    assert document.headers["Content-Type"] == "application/cap+xml; charset=utf-8"
    assert read_signed(document.content, paper()).identifier == row.identifier
    again = client.get(
        f"/alerts/{row.identifier}.cap.xml", headers={"If-None-Match": document.headers["ETag"]}
    )
    assert again.status_code == 304
    feed = feedparser.parse(client.get("/alerts/feed.atom").content)
    assert not feed.bozo
    (enclosed,) = feed.entries[0].enclosures
    assert enclosed.href.endswith(f"/alerts/{row.identifier}.cap.xml")
    assert enclosed.type == "application/cap+xml"
    assert "BEGIN CERTIFICATE" in client.get("/alerts/certificate.pem").content.decode()
    assert client.get("/alerts/nothing.cap.xml").status_code == 404
