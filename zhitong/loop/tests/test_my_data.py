"""My data: seen, corrected, taken away, erased; by sign-in or by code, and by nobody else."""

import io
import json
import zipfile
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from zhitong.kernel.audit.models import AuditEntry
from zhitong.kernel.audit.sequence import integrate
from zhitong.kernel.bus.relay import relay
from zhitong.kernel.clock import clock_at, now
from zhitong.kernel.crypto.codes import tracking_code
from zhitong.kernel.crypto.sealed import Sealed, holds, unsealed
from zhitong.kernel.databases.reach import beyond_reach
from zhitong.kernel.errors import Denied, Invalid, NotFound
from zhitong.kernel.identity.scopes import resident_scope
from zhitong.kernel.reveal import own
from zhitong.kernel.rights import queries as rights
from zhitong.kernel.rights.actions import (
    AskedAlready,
    NotInThatState,
    StillNeeded,
    ask,
    carry_out,
    decide,
    take_back,
)
from zhitong.kernel.rights.domain import Fate
from zhitong.kernel.rights.models import DataRequest
from zhitong.kernel.rights.registry import named
from zhitong.kernel.rights.timers import carry_out_what_is_granted, carrying_scope
from zhitong.kernel.scope import Reach, Scope, acting
from zhitong.kernel.sms.models import SmsMessage
from zhitong.loop import actions, holdings
from zhitong.loop.models import Matter, MatterWords
from zhitong.loop.tests.county import County, by_link, said

WEEK = timedelta(days=7, minutes=1)
SUPERVISOR = Scope(
    "staff:x", Reach(("37/14/03/",)), frozenset({"rights.decide"}), "duty", "分局 · 孙伟"
)
STRANGER = Scope("staff:y", Reach(("37/14/02/",)), frozenset({"rights.decide"}), "duty")


@pytest.fixture
def matter(county: County) -> Matter:
    return said("路灯坏了", "n1", name="周小兰", phone="13812345678", resident="key-1")


def end_it(county: County, matter: Matter, *, back: bool = False) -> None:
    """Taken back by the resident, or closed by the office."""
    if back:
        with acting(by_link("n1")):
            actions.withdraw(id=matter.pk)
        return
    with acting(county.officer):
        actions.take(id=matter.pk)
        actions.answer(id=matter.pk, text="已修好", outcome="solved")


def settle() -> None:
    while integrate():
        pass


def test_what_is_still_worked_on_stays(matter: Matter) -> None:
    with acting(by_link("n1")), pytest.raises(StillNeeded) as refused:
        ask(target=matter.target, kind="erase")
    assert str(refused.value) == str(holdings.WHY[Fate.STAYS])
    assert not DataRequest.unguarded.exists()


def test_what_was_taken_back_goes_after_a_week(county: County, matter: Matter) -> None:
    end_it(county, matter, back=True)
    with acting(by_link("n1")):
        row = ask(target=matter.target, kind="erase", words="不想留着")
        with pytest.raises(AskedAlready):
            ask(target=matter.target, kind="erase")
    assert row.state == "granted"
    settle()
    with acting(carrying_scope()), pytest.raises(NotInThatState):
        carry_out(id=row.pk)
    with clock_at(now() + WEEK):
        assert carry_out_what_is_granted() == 1
    with beyond_reach():
        after = Matter.unguarded.get(pk=matter.pk)
        done = DataRequest.unguarded.get(pk=row.pk)
    assert (after.words, after.resident_phone, done.state, done.words) == ("", None, "done", "")
    assert not MatterWords.rows.filter(owner_id=matter.pk).exists()
    with acting(by_link("n1")):
        assert not Matter.objects.exists()


def test_whose_number_it_is_hears_of_it(county: County, matter: Matter) -> None:
    """Whoever found the slip may have asked; the number on the matter is told in time."""
    end_it(county, matter, back=True)
    with acting(by_link("n1")):
        row = ask(target=matter.target, kind="erase")
    relay()
    assert "七日内" in unsealed(SmsMessage.objects.latest("made_at").text)
    with acting(by_link("n1")):
        take_back(id=row.pk)
        asked = ask(target=matter.target, kind="correct", words="地址错了")
    with acting(SUPERVISOR):
        decide(id=asked.pk, granted=False, answer="查无此误")
    relay()
    assert "个人信息申请" in unsealed(SmsMessage.objects.latest("made_at").text)


def test_it_can_be_taken_back_in_time(county: County, matter: Matter) -> None:
    end_it(county, matter, back=True)
    with acting(by_link("n1")):
        row = ask(target=matter.target, kind="erase")
        take_back(id=row.pk)
        with pytest.raises(NotInThatState):
            take_back(id=row.pk)
    with clock_at(now() + WEEK):
        assert carry_out_what_is_granted() == 0
    with acting(by_link("n1")):
        assert Matter.objects.get().words == "路灯坏了"


def test_a_person_weighs_what_the_bureau_did(county: County, matter: Matter) -> None:
    end_it(county, matter)
    with acting(by_link("n1")):
        row = ask(target=matter.target, kind="erase")
    assert row.state == "asked"
    assert timedelta(days=14) < row.due_at - row.asked_at < timedelta(days=35)
    with acting(SUPERVISOR):
        assert named([row.target, "x:y"])[row.target].name == matter.code
    with acting(STRANGER), pytest.raises(NotFound):
        assert named([row.target]) == {}
        decide(id=row.pk, granted=True, answer="同意")
    with acting(SUPERVISOR):
        with pytest.raises(Invalid):
            decide(id=row.pk, granted=False, answer=" ")
        decide(id=row.pk, granted=False, answer="档案期内须保存")
        with pytest.raises(NotInThatState):
            decide(id=row.pk, granted=True, answer="同意")
    with acting(by_link("n1")):
        (told,) = rights.about([matter.target])[matter.target]
        assert (told.state, told.answer) == ("refused", "档案期内须保存")
        again = ask(target=matter.target, kind="erase")
    with acting(SUPERVISOR):
        decide(id=again.pk, granted=True, answer="同意")
    settle()
    with clock_at(now() + WEEK):
        assert carry_out_what_is_granted() == 1


def test_what_goes_round_again_meanwhile_is_not_erased(county: County, matter: Matter) -> None:
    end_it(county, matter)
    with acting(by_link("n1")):
        row = ask(target=matter.target, kind="erase")
    with acting(SUPERVISOR):
        decide(id=row.pk, granted=True, answer="同意")
    with acting(by_link("n1")):
        actions.reopen(id=matter.pk, text="又坏了")
    settle()
    with clock_at(now() + WEEK):
        carry_out_what_is_granted()
    with acting(by_link("n1")):
        assert Matter.objects.get().words == "路灯坏了"
        assert rights.request(row.pk).state == "refused"


def test_a_correction_is_asked_and_answered(matter: Matter) -> None:
    with acting(by_link("n1")):
        with pytest.raises(Invalid):
            ask(target=matter.target, kind="correct")
        row = ask(target=matter.target, kind="correct", words="答复里写错了地址")
    with acting(SUPERVISOR):
        decide(id=row.pk, granted=True, answer="已更正")
    with acting(by_link("n1")):
        assert rights.request(row.pk).state == "done"


def test_name_and_number_are_corrected_at_once(matter: Matter) -> None:
    with acting(resident_scope("key-1", "周小兰")):
        with pytest.raises(Invalid):
            actions.correct_contact(id=matter.pk)
        with pytest.raises(Invalid):
            actions.correct_contact(id=matter.pk, phone="12")
        actions.correct_contact(id=matter.pk, phone="13900001111")
        row = Matter.objects.get()
        assert holds(row.resident_phone, "13900001111")
        assert holds(row.resident_name, "周小兰")
        actions.correct_contact(id=matter.pk, remove=True)
        row = Matter.objects.get()
        assert (row.resident_name, row.resident_phone, row.phone_index) == (None, None, "")
    entry = AuditEntry.objects.filter(action="loop.correct_contact").latest("id")
    assert "139" not in entry.details


def test_who_finds_a_slip_cuts_nobody_off_from_their_messages(matter: Matter) -> None:
    with acting(by_link("n1")):
        for other in ({"phone": "13900001111"}, {"remove": True}):
            with pytest.raises(Invalid):
                actions.correct_contact(id=matter.pk, **other)
        actions.correct_contact(id=matter.pk, name="周小岚")
        row = Matter.objects.get()
    assert holds(row.resident_phone, "13812345678")
    assert holds(row.resident_name, "周小岚")


def test_nobody_else_s_things_can_be_asked_about(matter: Matter) -> None:
    said("别人的事", "n2")
    for scope in (by_link("n2"), resident_scope("key-2")):
        with acting(scope):
            for target in (matter.target, "loop.Matter:x", f"loop.Matter:{uuid4()}", "x", ""):
                with pytest.raises(NotFound):
                    ask(target=target, kind="erase")
            with pytest.raises(NotFound):
                actions.correct_contact(id=matter.pk, name="张三")


def test_a_link_alone_shows_no_number_in_full(matter: Matter) -> None:
    with acting(resident_scope("key-1")):
        assert own(Matter.objects.get().resident_phone) == "13812345678"
    with acting(by_link("n1")):
        assert own(Matter.objects.get().resident_phone) == "138****5678"
    with acting(SUPERVISOR), pytest.raises(Denied):
        own(Sealed(kind="phone", text="13812345678"))


def test_the_page_by_code_and_the_archive(county: County, client: Client, matter: Matter) -> None:
    with acting(county.officer):
        actions.open_record(code=matter.code)
    end_it(county, matter)
    code = tracking_code(channel="web", external_id="n1")
    shown = client.get(f"/t/{code}/data").text
    for words in ("138****5678", "王建国", "路灯坏了", "申请删除"):
        assert words in shown, words
    assert "13812345678" not in shown
    answer = client.get(f"/t/{code}/data/export")
    assert answer.headers["Cache-Control"] == "private, no-store"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        told = json.loads(archive.read("my-data.json"))
        readable = archive.read("my-data.html").decode()
    (one,) = told["matters"]
    assert one["words"] == "路灯坏了"
    assert one["phone"] == "138****5678"
    assert [step["text"] for step in one["steps"] if step["text"]] == ["已修好"]
    assert any("王建国" in look["who"] for look in one["read_by"])
    assert "已修好" in readable
    entry = AuditEntry.objects.filter(action="rights.export").get()
    assert (entry.target, entry.actor) == (matter.target, "link")


def test_by_code_a_request_goes_in_and_comes_back(
    county: County, client: Client, matter: Matter
) -> None:
    end_it(county, matter)
    code = tracking_code(channel="web", external_id="n1")
    sent = {"target": matter.target, "kind": "erase", "words": ""}
    assert client.post(f"/t/{code}/data/ask", sent).status_code == 302
    with beyond_reach():
        row = DataRequest.unguarded.get()
    assert "正在处理" in client.get(f"/t/{code}/data").text
    sent = {"request": str(row.pk)}
    assert client.post(f"/t/{code}/data/take-back", sent).status_code == 302
    assert client.post(f"/t/{code}/data/take-back", {"request": "x"}).status_code == 404
    sent = {"matter": str(matter.pk), "phone": "12"}
    assert client.post(f"/t/{code}/data/correct", sent).status_code == 400
