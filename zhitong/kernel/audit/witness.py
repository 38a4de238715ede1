"""The witness file: every checkpoint once more, outside the database, synced to disk.

Whoever puts an older copy of the database in place, or cuts its end off, meets the file that
remembers more. Copies of it (in the mailbag, printed, at the province) are witnesses as well.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from zhitong.kernel.audit import keys, notes
from zhitong.kernel.audit.models import AuditCheckpoint
from zhitong.kernel.audit.notes import Checkpoint

TAIL_BYTES = 16_384
"""Room for dozens of notes."""


def path() -> Path:
    """Where this instance keeps its witness."""
    return Path(settings.DATA) / "audit" / "checkpoints.log"


def read(file: Path) -> list[str]:
    """All complete notes, oldest first; none when there is no file."""
    try:
        return list(notes.split(file.read_text("utf-8", errors="replace")))
    except FileNotFoundError:
        return []


def last() -> Checkpoint | None:
    """The newest checkpoint in the file. Raises BadNote when it was tampered with."""
    try:
        with path().open("rb") as file:
            return _last(file)
    except FileNotFoundError:
        return None


def catch_up() -> None:
    """Append the checkpoints that the database has and the file lacks, and sync it to disk."""
    with _locked() as file:
        newest = _last(file)
        since = newest.at_us if newest else 0
        missing = AuditCheckpoint.objects.filter(at_us__gt=since).order_by("at_us", "size")
        _append(file, "".join(missing.values_list("note", flat=True)))


def add(note: str) -> None:
    """Append one note that is only for the witness."""
    with _locked() as file:
        _append(file, note)


def _last(file: BinaryIO) -> Checkpoint | None:
    note, _torn = _tail(file)
    return keys.verifier().open(note) if note else None


def _tail(file: BinaryIO) -> tuple[str, int]:
    """The last complete note, and how many bytes of a torn one follow it."""
    end = file.seek(0, os.SEEK_END)
    file.seek(max(0, end - TAIL_BYTES))
    tail = file.read()
    whole = list(notes.split(tail.decode("utf-8", errors="surrogateescape")))
    torn = len(tail) - sum(len(note.encode("utf-8", errors="surrogateescape")) for note in whole)
    return (whole[-1] if whole else "", torn)


def _append(file: BinaryIO, text: str) -> None:
    if not text:
        return
    _note, torn = _tail(file)
    file.truncate(file.seek(0, os.SEEK_END) - torn)
    file.write(text.encode())
    file.flush()
    os.fsync(file.fileno())


@contextmanager
def _locked() -> Iterator[BinaryIO]:
    file_path = path()
    file_path.parent.mkdir(parents=True, exist_ok=True)
    with file_path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
