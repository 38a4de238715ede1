"""Writing, ordering, proving, erasing and restoring."""

import base64
import json
import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from zhitong.kernel.audit import keys, merkle, witness
from zhitong.kernel.audit.entries import append
from zhitong.kernel.audit.erasure import NotYetPlaced, erase
from zhitong.kernel.audit.models import AuditCheckpoint, AuditEntry, AuditHead, AuditTile
from zhitong.kernel.audit.notes import BadNote
from zhitong.kernel.audit.proofs import NoProof, NotYetSigned, consistency, prove
from zhitong.kernel.audit.queries import acts_of, readers_of, recent
from zhitong.kernel.audit.record import leaf_of
from zhitong.kernel.audit.restoring import Restore, declare_restore
from zhitong.kernel.audit.sequence import Tampered, integrate
from zhitong.kernel.audit.tests.logs import SIZE, write
from zhitong.kernel.audit.verify import verify
from zhitong.kernel.audit.walls import raised
from zhitong.kernel.clock.port import clock_at
from zhitong.kernel.errors import NotFound

BY = {"actor": "staff:9", "label": "审计员", "purpose": "居民要求删除"}
HOSTILE = ["\x00\x1f", "\ud800", "a\nb\x7f", "长" * 5000, "=1+1", "'; DROP TABLE x --", "\u202egpj"]


def test_an_entry_is_one_insert(empty_log, django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(1):
        append(action="a", actor="b", label="", target="", path="", purpose="", details={})


def test_an_entry_costs_little(empty_log):
    began = time.process_time()
    write(500)
    assert (time.process_time() - began) / 500 < 0.000_4  # half of that on a quiet machine


@pytest.mark.django_db(transaction=True)
def test_an_entry_needs_a_transaction():
    with pytest.raises(RuntimeError, match="outside a transaction"):
        append(action="a", actor="b", label="", target="", path="", purpose="", details={})


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_written_and_verified(empty_log, text):
    with transaction.atomic():
        append(action=text, actor=text, label=text, target=text, path=text, purpose=text,
               details={text: text, "when": datetime.now(UTC)})  # fmt: skip
    integrate(sign=True)
    assert empty_log.first() == empty_log.second() - {("witness", 1, "")} == set()
    row = AuditEntry.objects.get()
    assert len(row.label) <= 300
    assert len(row.details) <= 4000
    assert isinstance(json.loads(row.details), dict)


def test_places_follow_the_clock_and_come_once(empty_log):
    noon = datetime(2026, 3, 1, 4, tzinfo=UTC)
    written = []
    for minutes in (5, 1, 3):
        with clock_at(noon + timedelta(minutes=minutes)):
            written += write(2)
    assert [integrate(4), integrate(4), integrate(4)] == [4, 2, 0]
    placed = list(AuditEntry.objects.order_by("seq").values_list("id", flat=True))
    pairs = [written[2:4], written[4:6], written[0:2]]
    assert placed == [entry for pair in pairs for entry in sorted(pair)]
    assert verify().ok


def test_a_quiet_log_costs_two_queries(log, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert integrate() == 0


def test_a_checkpoint_is_signed_once_a_minute(empty_log):
    noon = datetime(2026, 3, 1, 4, tzinfo=UTC)
    for second in (0, 1, 59, 61, 62):
        with clock_at(noon + timedelta(seconds=second)):
            write(1)
            integrate()
    assert list(AuditCheckpoint.objects.values_list("size", flat=True)) == [1, 4]
    with clock_at(noon - timedelta(days=1)):
        write(1)
        integrate(sign=True)
    assert AuditCheckpoint.objects.get(size=6).at_us > AuditCheckpoint.objects.get(size=4).at_us
    witness.catch_up()
    assert verify().ok


def test_nothing_is_built_on_a_damaged_log(log):
    for damage in (
        "UPDATE audit_head SET size = 650",
        "DELETE FROM audit_head",
        "UPDATE audit_tile SET hashes = substr(hashes, 1, 32) WHERE level = 0 AND number = 2",
        "UPDATE audit_entry SET seq = 900 WHERE seq = 5",
    ):
        write(1)
        with pytest.raises(Tampered), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(damage)
            integrate()
    assert integrate() == 4


def test_an_older_database_is_refused_until_it_is_declared(log):
    older = AuditHead.objects.values().get()
    saved = transaction.savepoint()
    log.grow(30, sign=True)
    transaction.savepoint_rollback(saved)
    write(1)
    assert AuditHead.objects.values().get() == older
    with pytest.raises(Tampered, match="witness has seen 730"):
        integrate()
    assert log.first() == log.second() == {("rolled_back", SIZE, "")}


def test_a_declared_restore_goes_on_and_is_told_for_ever(log, django_capture_on_commit_callbacks):
    saved = transaction.savepoint()
    log.grow(30, sign=True)
    transaction.savepoint_rollback(saved)
    with django_capture_on_commit_callbacks(execute=True):
        assert declare_restore(**BY) == Restore(kept=SIZE, lost=SIZE + 30)
    assert declare_restore(**BY) is None
    log.grow(50, sign=True)
    report = verify()
    assert (report.problems, report.restores) == ([], [(SIZE, SIZE + 30)])
    assert log.second() == set()
    assert [one.details for one in acts_of("staff:9")] == [{"kept": SIZE, "lost": SIZE + 30}]
    log.run("UPDATE audit_entry SET label = 'x' WHERE seq = 720")
    assert log.first() == log.second() == {("changed", 720, log.id(720))}


def test_a_restore_that_lost_only_a_checkpoint_takes_it_back(log):
    saved = transaction.savepoint()
    integrate(sign=True)
    witness.catch_up()
    transaction.savepoint_rollback(saved)
    assert log.first() == {("checkpoint", SIZE, "")}
    assert declare_restore(**BY) is None
    assert verify().problems == []
    log.grow(5, sign=True)
    assert log.first() == log.second() == set()


def test_another_database_cannot_be_declared_a_restore(log, settings, tmp_path):
    text = witness.path().read_text("utf-8")
    note = keys.signer().sign
    checkpoint = keys.verifier().open(witness.read(witness.path())[-1])
    other = note(type(checkpoint)(checkpoint.origin, 10, bytes(32), checkpoint.at_us + 1))
    more = note(type(checkpoint)(checkpoint.origin, 900, bytes(32), checkpoint.at_us + 2))
    witness.path().write_text(text + other + more, "utf-8")
    with pytest.raises(Tampered, match="differs"), transaction.atomic():
        declare_restore(**BY)


def test_a_torn_note_is_cut_off_and_written_again(log):
    with witness.path().open("a", encoding="utf-8") as file:
        file.write("zhitong-audit/371403\n7")
    assert verify().ok
    log.grow(10, sign=True)
    assert len(witness.read(witness.path())) == 4
    assert log.first() == log.second() == set()


def test_a_witness_with_a_foreign_last_word_is_refused(log):
    text = witness.path().read_text("utf-8")
    witness.path().write_text(text.replace("\n650\n", "\n651\n"), "utf-8")
    write(1)
    with pytest.raises(BadNote):
        integrate()


@pytest.mark.parametrize("seq", [0, 255, 256, 511, 512, 649])
def test_a_proof_stands_alone(log, seq):
    proof = prove(UUID(log.id(seq)))
    head, *lines = proof.text().partition("\n\n")[0].splitlines()
    assert head == "c2sp.org/tlog-proof@v1"
    data = base64.b64decode(lines[0].removeprefix("extra "))
    path = [base64.b64decode(line) for line in lines[2:]]
    checkpoint = keys.verifier().open(proof.text().partition("\n\n")[2])
    assert lines[1] == f"index {seq}"
    assert log.id(seq).encode() in data
    assert merkle.includes(
        index=seq, size=650, leaf=leaf_of(data[:16], data[16:]), path=path, root=checkpoint.root
    )


def test_what_cannot_be_proven_is_refused(log):
    with pytest.raises(NotFound):
        prove(UUID(int=1))
    with pytest.raises(NotYetSigned):
        prove(UUID(log.id(660)))
    with pytest.raises(NotYetPlaced):
        prove(write(1)[0])
    AuditTile.objects.filter(level=0, number=0).delete()
    with pytest.raises(NoProof):
        prove(UUID(log.id(5)))


def test_consistency_between_any_two_sizes(log):
    for old, new in ((0, 700), (1, 2), (255, 257), (300, 650), (512, 700), (700, 700)):
        proof = consistency(old, new)
        assert merkle.continues(
            old=old, new=new, old_root=proof.old_root, new_root=proof.new_root, path=proof.path
        )
    assert (
        consistency(300, 650).new_root
        == keys.verifier().open(AuditCheckpoint.objects.get(size=650).note).root
    )
    for old, new in ((701, 700), (-1, 5), (5, 701)):
        with pytest.raises(NoProof):
            consistency(old, new)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit_entry WHERE seq = 5",
        "UPDATE audit_entry SET label = 'x' WHERE seq = 5",
        "UPDATE audit_entry SET leaf = salt WHERE seq = 5",
        "UPDATE audit_entry SET seq = NULL WHERE seq = 5",
        "UPDATE audit_entry SET seq = 900 WHERE seq = 699",
        "UPDATE audit_entry SET seal = salt WHERE seq = 5",
        "UPDATE audit_entry SET seq = 900, label = 'x' WHERE seq IS NULL",
        "UPDATE audit_entry SET label = '' WHERE seq = 5",
        "DELETE FROM audit_tile",
        "UPDATE audit_tile SET level = 3",
        "UPDATE audit_tile SET hashes = substr(hashes, 1, 32)",
        "UPDATE audit_checkpoint SET note = ''",
        "DELETE FROM audit_checkpoint",
    ],
)
def test_triggers_refuse(log, statement):
    write(1)
    with raised(connection):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            log.run(statement)
        assert verify().ok


def test_triggers_let_the_log_work(log):
    with raised(connection):
        log.grow(300, sign=True)
        erase(entry=UUID(log.id(3)), **BY)
        log.grow(1, sign=True)
        assert verify().ok


def test_who_read_a_record_is_paged_by_key(empty_log):
    write(7, target="loop.Matter:9", action="loop.read", actor="staff:2")
    write(3, target="loop.Matter:8", path="37/14/04/002/")
    first = readers_of("loop.Matter:9", limit=4)
    rest = readers_of("loop.Matter:9", limit=4, before=first[-1].id)
    assert [one.details["n"] for one in first + rest] == [6, 5, 4, 3, 2, 1, 0]
    assert {(one.action, one.purpose, one.label) for one in first} == {
        ("loop.read", "办理", "安德街道派出所 · 社区民警 王建国")
    }
    assert abs(datetime.now(UTC) - first[0].at) < timedelta(minutes=1)
    assert len(acts_of("staff:2")) == 7
    assert len(recent(("37/14/",))) == 10
    assert len(recent(("37/14/04/", "37/15/"))) == 3
    assert recent(()) == []
