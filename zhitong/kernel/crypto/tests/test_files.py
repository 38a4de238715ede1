"""Sealed files: whole and in order, or not at all."""

import io

import pytest

from zhitong.kernel.crypto import files
from zhitong.kernel.crypto.boxes import Unreadable
from zhitong.kernel.crypto.files import open_file, seal_file


@pytest.fixture
def small(monkeypatch, tmp_path, keys):
    """Pieces of four bytes, and a path to write to."""
    monkeypatch.setattr(files, "PIECE", 4)
    return tmp_path / "lists" / "one.box"


@pytest.mark.parametrize("data", [b"", b"abc", b"abcd", b"abcdefgh", b"abcdefghi"])
def test_what_is_sealed_is_read_back(small, data):
    assert seal_file(io.BytesIO(data), small, context="x") == len(data)
    assert b"".join(open_file(small, context="x")) == data
    assert b"abc" not in small.read_bytes()


def test_another_files_key_does_not_open_it(small):
    seal_file(io.BytesIO(b"abcdefgh"), small, context="x")
    with pytest.raises(Unreadable):
        list(open_file(small, context="y"))


def test_a_piece_cannot_be_cut_off_or_moved(small):
    seal_file(io.BytesIO(b"abcdefgh"), small, context="x")
    whole = small.read_bytes()
    half = len(whole) // 2
    for changed in (whole[:half], whole[half:], whole[half:] + whole[:half], b""):
        small.write_bytes(changed)
        with pytest.raises(Unreadable):
            list(open_file(small, context="x"))
