"""Lists of matters taken out: whose, which, masked or not, and how long they last."""

import csv
import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.permits.world import serving, signed_in
from zhitong.kernel.audit.models import AuditEntry
from zhitong.kernel.clock import clock_at, now
from zhitong.kernel.errors import Denied, Invalid, NotFound
from zhitong.kernel.identity import sign_ins
from zhitong.kernel.identity.models import Role
from zhitong.kernel.identity.scopes import staff_scope
from zhitong.kernel.scope import acting
from zhitong.loop import files, timers
from zhitong.loop.actions import exporting
from zhitong.loop.actions.exporting import FOLDER, PERMIT, export_matters, take_up, write_owed
from zhitong.loop.models import Export
from zhitong.loop.queries import exporting as queries
from zhitong.loop.tests.county import OTHER_TOWN, said

PERMITS = ["loop.export", "loop.board", "loop.read"]


@pytest.fixture
def lister(county):
    """Somebody at the station who may take lists out."""
    Role.objects.create(name="lister", label="l", permits=PERMITS)
    account, _ = serving("lister", county.station, "lister")
    return account


def fetched(row: Export) -> bytes:
    return b"".join(files.read(FOLDER, row.pk))


def table(row: Export) -> list[list[str]]:
    return list(csv.reader(io.StringIO(fetched(row).decode("utf-8-sig"))))


def asked(account, **more: Any) -> Export:
    wanted: dict[str, Any] = {"which": "next", "form": "csv", "purpose": "月报"}
    with acting(staff_scope(account)):
        made = export_matters(**wanted | more)
    assert take_up(made)
    made.refresh_from_db()
    return made


def test_a_list_holds_what_its_reader_reaches_and_no_name(county, lister):
    here = said("=cmd|' /C calc'!A0", "n1", name="=王小明", phone="13812345678")
    said("别处的事", "n2", OTHER_TOWN)
    heading, row = table(asked(lister))
    told = dict(zip(heading, row, strict=True))
    assert told["事项编号"] == here.code
    assert told["姓名"] in {"=**", "'=**"}
    assert told["电话"] == "138****5678"
    assert "cmd" not in fetched(Export.objects.get()).decode()
    entry = AuditEntry.objects.get(action="loop.export")
    assert "月报" in entry.details
    assert '"rows":1' in entry.details


def test_a_workbook_has_dates_and_the_readers_language(county, lister):
    said("路灯坏了", "n1")
    made = asked(lister, form="xlsx")
    page = load_workbook(io.BytesIO(fetched(made))).active
    assert page["A1"].value == "事项编号"
    assert page["B2"].is_date


def test_names_and_words_take_permits_and_leave_a_trace(county, lister):
    here = said("村口的路灯坏了", "n1", name="王小明", phone="13812345678")
    with acting(staff_scope(lister)), pytest.raises(Denied):
        export_matters(which="next", purpose="回访", personal=True)
    Role.objects.filter(name="lister").update(permits=[*PERMITS, PERMIT, "sealed.reveal"])
    heading, row = table(asked(lister, personal=True, purpose="回访"))
    told = dict(zip(heading, row, strict=True))
    assert (told["姓名"], told["电话"]) == ("王小明", "13812345678")
    assert "村口的路灯坏了" in row
    entry = AuditEntry.objects.get(action=PERMIT)
    assert (entry.target, entry.purpose) == (here.target, "回访")


def test_who_lost_the_permit_gets_no_file(county, lister):
    said("路灯坏了", "n1")
    with acting(staff_scope(lister)):
        made = export_matters(which="next", purpose="月报")
    Role.objects.filter(name="lister").update(permits=["loop.board"])
    assert not take_up(made)
    assert Export.objects.get().failed_at


def test_too_many_none_or_nonsense_is_refused_in_words(county, lister, monkeypatch):
    good: dict[str, Any] = {"which": "next", "purpose": "月报"}
    with acting(staff_scope(lister)):
        with pytest.raises(Invalid, match=r"没有|no such"):
            export_matters(which="next", purpose="月报")
        said_two = [said("路灯坏了", f"n{number}") for number in range(2)]
        monkeypatch.setattr(exporting, "MOST", 1)
        with pytest.raises(Invalid, match="1"):
            export_matters(which="next", purpose="月报")
        for wrong in ({"which": "x"}, {"form": "pdf"}, {"line": "x"}, {"purpose": "  "}):
            with pytest.raises(Invalid) as refusal:
                export_matters(**good | wrong)
            assert set(refusal.value.fields) == set(wrong)
    assert len(said_two) == 2
    assert not Export.objects.exists()


def test_the_worker_writes_in_batches_and_only_once(county, lister, monkeypatch):
    monkeypatch.setattr(exporting, "BATCH", 3)
    codes = {said("路灯坏了", f"n{number}").code for number in range(7)}
    with acting(staff_scope(lister)):
        made = export_matters(which="all", form="csv", purpose="月报")
    assert timers.write_exports() == 1
    assert write_owed() == 0
    made.refresh_from_db()
    assert made.written == made.expected == 7
    assert {row[0] for row in table(made)[1:]} == codes


def test_a_dead_workers_list_is_taken_up_again(county, lister):
    said("路灯坏了", "n1")
    with acting(staff_scope(lister)):
        made = export_matters(which="all", form="csv", purpose="月报")
    Export.objects.update(leased_until=now() + timedelta(minutes=1))
    assert write_owed() == 0
    with clock_at(now() + timedelta(minutes=2)):
        assert write_owed() == 1
    assert made.expected == 1


def test_a_list_is_its_owners_and_lasts_a_day(county, lister):
    said("路灯坏了", "n1")
    made = asked(lister)
    other, _ = serving("other", county.station, "lister")
    with acting(staff_scope(other)), pytest.raises(NotFound):
        queries.export(made.pk)
    browser = Client()
    browser.cookies[sign_ins.COOKIE] = signed_in(account=lister)
    answer = browser.get(f"/export/{made.pk}/file")
    assert answer.status_code == 200
    assert answer.content == fetched(made)
    assert "attachment" in answer.headers["Content-Disposition"]
    Export.objects.update(done_at=now() - timedelta(days=1, minutes=1))
    assert browser.get(f"/export/{made.pk}/file").status_code == 404
    assert browser.get(f"/export/{made.pk}").status_code == 200


def test_the_page_asks_and_leads_to_the_file(county, lister):
    said("路灯坏了", "n1")
    browser = Client()
    browser.cookies[sign_ins.COOKIE] = signed_in(account=lister)
    assert "只有这些" not in browser.get("/export?view=late").content.decode()
    refused = browser.post("/export", {"which": "next", "form": "csv", "purpose": ""})
    assert refused.status_code == 400
    sent = browser.post("/export", {"which": "next", "form": "csv", "purpose": "月报"})
    assert sent.status_code == 302
    shown = browser.get(sent.headers["Location"]).content.decode()
    assert f"/export/{Export.objects.get().pk}/file" in shown


def test_filters_by_day_and_line(county, lister):
    said("路灯坏了", "n1", category="traffic")
    scope = replace(staff_scope(lister), purpose="x")
    today = f"{now():%Y-%m-%d}"
    with acting(scope):
        for wanted, many in (
            (queries.Wanted("all", "2020-01-01", "2020-01-02"), 0),
            (queries.Wanted("all", since="2020-01-01"), 1),
            (queries.Wanted("mine"), 0),
            (queries.Wanted("late"), 0),
            (queries.Wanted("new"), 1),
            (queries.Wanted("all", until="2020-01-02"), 0),
        ):
            assert queries.many(wanted, scope.posts, at_most=9) == many, (wanted, today)
