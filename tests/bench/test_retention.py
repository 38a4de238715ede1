"""What is let go leaves no byte: every form of one is found before, and none afterwards."""

from pathlib import Path

import pytest
from django.apps import apps

from bench import retention
from bench.keeping.canaries import drawn, search, search_files, written
from tests.architecture.source import listed
from tools.reference.privacy import classified
from zhitong.kernel.retention.emptying import belongings
from zhitong.kernel.retention.registry import RETENTION

CORES = drawn(5)
CANARY = written(CORES[0], None)


@pytest.mark.parametrize(
    "data",
    [
        CANARY.encode(),
        CANARY.encode("utf-16-le"),
        CANARY.encode("utf-16-be"),
        CANARY.encode("unicode_escape"),
        f"w{CORES[0]}zqxjv 鑫雥 雥".encode(),
    ],
    ids=["utf-8", "utf-16-le", "utf-16-be", "escaped", "tokens"],
)
def test_a_canary_is_found_however_it_is_written(data: bytes):
    assert search(b"\x00\xff" + data + b"\x00", set(CORES)).whole == {CORES[0]}


def test_a_piece_of_one_is_found_too():
    assert search(CANARY[8:].encode(), set(CORES)).pieces == 1
    assert search("鑫雥".encode(), set(CORES)).pieces == 1
    assert search(rb"\u946b\u96e5", set(CORES)).pieces == 1
    assert search("新的村口路灯".encode() * 100, set(CORES)).pieces == 0


def test_names_of_files_are_searched(tmp_path: Path):
    (tmp_path / f"{CORES[1]}zqxjv.jpg").write_bytes(b"")
    assert search_files(tmp_path.iterdir(), set(CORES)).whole == {CORES[1]}


def test_everything_personal_has_an_end():
    """A table with a personal or sealed field is over some day, or hangs on one that is."""
    ending = {label for label, rule in RETENTION.items() if rule.expired}
    for label in list(ending):
        ending |= {model._meta.label for model in belongings(apps.get_model(label))}
    personal = {
        label
        for label, fields in classified().items()
        if any(kind in {"personal", "sealed"} for kind, _purpose in fields.values())
    }
    assert not personal - ending, listed(sorted(personal - ending))


def test_nothing_is_left_of_what_was_let_go(database_kind: str):
    figures = retention.run(quick=True, say=lambda _words: None, options=[database_kind])
    assert figures["found_before"] == figures["planted"] - figures["sealed"] > 300
    assert figures["missed_before"] == figures["sealed_found_before"] == 0
    assert figures["found_after"] == figures["pieces_after"] == 0
    assert figures["found_in_backup"] == figures["pieces_in_backup"] == 0
    assert figures["statistics_changed"] == figures["still_over"] == 0
    assert figures["audit_problems"] == figures["fields_unplanted"] == 0
