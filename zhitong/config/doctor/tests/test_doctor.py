"""The doctor finds what is wrong and says what to do."""

import json
from argparse import Namespace
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core import checks
from django.db import connection
from django.utils.timezone import now

from zhitong.config import postgresql
from zhitong.config.doctor import database, machine, report, sqlite, work
from zhitong.config.doctor.findings import Finding, Grade
from zhitong.kernel.bus.models import Delivery, Event
from zhitong.kernel.worker.models import TimerLease

pytestmark = pytest.mark.django_db


def found(findings: Callable[[], Iterable[Finding]], name: str) -> Finding:
    return next(one for one in findings() if one.name == name)


def test_a_sound_instance_has_nothing_bad(database_kind: str) -> None:
    """But for the tests' own PostgreSQL server, which is quick and not safe, and is found out."""
    bad = [one for part in (database, work) for one in part.findings() if one.grade is Grade.BAD]
    expected = ["synchronous_commit is off"] if database_kind == "postgresql" else []
    assert [one.says for one in bad] == expected


def test_json_is_one_object(capsys) -> None:
    report.doctor(Namespace(json=True))
    told = json.loads(capsys.readouterr().out)
    assert told["database"] == connection.vendor
    assert {"name", "grade", "says", "todo"} == set(told["findings"][0])


def test_an_old_queue_is_bad_and_a_dead_letter_worth_a_look() -> None:
    event = Event.objects.create(
        name="t.Rang", body={}, aggregate="1", actor="", path="", at=now() - timedelta(hours=1)
    )
    row = Delivery(event=event, listener="x", aggregate="1", next_try_at=now())
    row.save()
    assert found(work.findings, "queue").grade is Grade.BAD
    Delivery.objects.update(dead_at=now())
    assert found(work.findings, "queue").grade is Grade.OK
    assert found(work.findings, "dead letters").grade is Grade.LOOK


def test_a_failing_and_a_late_timer() -> None:
    row = TimerLease(name="t.x", due_at=now(), next_at=now() - timedelta(hours=1))
    row.save()
    assert found(work.findings, "timers").grade is Grade.LOOK
    TimerLease.objects.update(failures=2, last_error="ValueError")
    assert found(work.findings, "timers").grade is Grade.BAD


def test_a_clock_behind_what_was_written() -> None:
    later = now() + timedelta(hours=1)
    Event.objects.create(name="t.Rang", body={}, aggregate="1", actor="", path="", at=later)
    assert found(machine.findings, "clock").grade is Grade.BAD


def test_keys_that_others_can_read() -> None:
    assert found(machine.findings, "keys").grade is Grade.OK
    key = next((Path(settings.DATA) / "keys").iterdir())
    key.chmod(0o644)
    try:
        assert found(machine.findings, "keys").grade is Grade.BAD
    finally:
        key.chmod(0o600)


def test_a_look_that_fails_is_a_finding() -> None:
    def broken():
        raise OSError(28, "No space left on device")

    (one,) = report._ask("disk", broken)
    assert (one.grade, one.says) == (Grade.BAD, "the disk is full: make room and try again")


def test_settings_of_sqlite_are_read_back(database_kind: str, monkeypatch) -> None:
    assert checks.run_checks(databases=["default"], tags=["database"]) == []
    if database_kind == "sqlite":
        monkeypatch.setitem(sqlite.PRAGMAS, "synchronous", "3")
        monkeypatch.setattr(sqlite, "OLDEST", (4, 0, 0))
        problems = checks.run_checks(databases=["default"], tags=["database"])
        assert {one.id for one in problems} == {"database.E001", "database.E002"}


def test_tests_run_behind_the_wall_as_production_does(
    database_kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their role is an ordinary one; a mighty one is told by the check and by the doctor."""
    assert postgresql.passes_walls() == ""
    monkeypatch.setattr(postgresql, "PASSES_WALLS", "SELECT 'mighty', true")
    problems = checks.run_checks(databases=["default"], tags=["database"])
    if database_kind == "sqlite":
        assert problems == []
        return
    assert [one.id for one in problems] == ["database.E003"]
    bad = [one.name for one in database.findings() if one.grade is Grade.BAD]
    assert "second wall" in bad
