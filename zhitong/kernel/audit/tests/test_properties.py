"""Any log, any damage: both verifiers notice, and neither cries wolf."""

import json
import random
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tools import verify_audit
from zhitong.kernel.audit import keys, witness
from zhitong.kernel.audit.align import Row, Zone, compare
from zhitong.kernel.audit.erasure import erase
from zhitong.kernel.audit.export import export
from zhitong.kernel.audit.record import leaf_of
from zhitong.kernel.audit.report import Kind, Problem, Report
from zhitong.kernel.audit.verify import verify

ROWS = [Row(seq, f"{seq:032x}", leaf := leaf_of(b"", b"%d" % seq), leaf) for seq in range(60)]


def told(rows: list[Row]) -> set[tuple[str, int | None, str]]:
    zone = Zone(0, [row.leaf for row in ROWS], rows)
    report = Report()
    for problem in compare([zone]):
        report.add(problem)
    return {(one.kind.value, one.seq, one.id) for one in report.problems}


def placed(row: Row, seq: int) -> Row:
    return Row(seq, row.id, row.made, row.leaf)


@given(st.sets(st.integers(0, 59), max_size=20), st.booleans())
def test_any_missing_entries_are_named(gone, renumbered):
    rows = [row for row in ROWS if row.seq not in gone]
    if renumbered:
        rows = [placed(row, seq) for seq, row in enumerate(rows)]
    zone = Zone(0, [row.leaf for row in ROWS], rows)
    report = Report()
    for problem in compare([zone]):
        report.add(problem)
    assert {one.kind for one in report.problems} <= {Kind.DROPPED}
    named = {seq for one in report.problems for seq in range(one.seq or 0, one.until or 0)}
    assert named == gone


@given(st.permutations(range(60)))
def test_any_order_names_every_entry_that_stands_elsewhere(order):
    rows = [placed(ROWS[old], seq) for seq, old in enumerate(order)]
    moved = {("moved", seq, ROWS[old].id) for seq, old in enumerate(order) if seq != old}
    assert told(rows) == moved


@given(st.lists(st.integers(0, 60), max_size=8))
def test_any_forged_entries_are_named(places):
    rows: list[Row] = list(ROWS)
    for number, place in enumerate(places):
        rows.insert(place, Row(-1, f"f{number}", leaf_of(b"f", b"%d" % number), b"x"))
    rows = [placed(row, seq) for seq, row in enumerate(rows)]
    forged = {("inserted", row.seq, row.id) for row in rows if row.id.startswith("f")}
    assert told(rows) == forged


def test_problems_beyond_the_first_thousand_are_counted():
    report = Report()
    for seq in range(1500):
        report.add(Problem(Kind.CHANGED, seq, "x"))
    report.add(Problem(Kind.CHANGED, 3, "x"))
    assert (len(report.problems), report.more, report.ok) == (1000, 500, False)
    assert all(problem.sentence for problem in report.problems)


def test_every_kind_has_a_sentence_that_names_the_place():
    for kind in Kind:
        assert "7" in Problem(kind, 7, "7", until=9, detail="7").sentence


@settings(
    max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(st.integers(1, 300), min_size=1, max_size=4), st.data())
def test_any_growth_is_sound_for_both(empty_log, batches, data):
    log = empty_log
    for count in batches:
        log.grow(count, sign=data.draw(st.booleans()))
    assert log.first() == set()
    assert log.second() == set()


def test_random_bytes_anywhere_are_noticed_by_both(log):
    chance = random.Random(7)
    for _ in range(12):
        seq = chance.randrange(650)
        column = chance.choice(["leaf", "salt", "label", "details"])
        value = chance.randbytes(16).hex() if column in {"label", "details"} else bytes(32)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {column} FROM audit_entry WHERE seq = %s", [seq])
            before = cursor.fetchone()[0]
        log.run(f"UPDATE audit_entry SET {column} = %s WHERE seq = %s", value, seq)
        assert [one[1:] for one in log.first()] == [(seq, log.id(seq))]
        assert log.second() == log.first()
        log.run(f"UPDATE audit_entry SET {column} = %s WHERE seq = %s", before, seq)


def test_an_export_is_checked_from_the_command_line(log, tmp_path):
    erase(entry=UUID(log.id(5)), actor="staff:9", label="审计员", purpose="居民要求删除")
    log.grow(1, sign=True)
    folder = tmp_path / "out"
    assert export(folder) == 702
    with pytest.raises(FileExistsError):
        export(folder)
    key, copy = tmp_path / "key.txt", tmp_path / "copy.log"
    key.write_text(f"{keys.verifier()}\n", "ascii")
    copy.write_bytes(witness.path().read_bytes())
    script = Path(verify_audit.__file__)
    command = [sys.executable, "-I", str(script), str(folder), str(key), str(copy)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "sound\n")
    lines = (folder / "entries.jsonl").read_text("utf-8").splitlines()
    changed = json.loads(lines[600])
    changed[5] = "某人"
    lines[600] = json.dumps(changed, ensure_ascii=False)
    (folder / "entries.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, f"changed 600 {log.id(600)}\n")


def test_a_range_says_what_it_recomputed(log):
    report = verify(250, 300)
    assert (report.entries, report.ok, report.size) == (50, True, 700)
    assert verify(900, 1000).entries == 0
