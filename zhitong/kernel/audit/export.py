"""The log as a folder of plain files, for an auditor with tools/verify_audit.py."""

import json
from collections.abc import Iterator
from pathlib import Path

from zhitong.kernel.audit import keys, rows, witness
from zhitong.kernel.audit.models import AuditCheckpoint, AuditHead
from zhitong.kernel.audit.record import LEAF_BYTES, SEPARATOR
from zhitong.kernel.audit.tiles import HEIGHT, WIDTH, stretch


def export(folder: Path) -> int:
    """Write the sequenced log into a new or empty folder; return how many entries.

    ``entries.jsonl`` (an array per entry: seq, the nine fields, salt, leaf and seal in hex),
    ``tiles.jsonl`` (level, number, hashes in hex), ``checkpoints.log`` (as in the database),
    ``witness.log`` (as on disk) and ``key.txt`` (C2SP verifier key). Raises FileExistsError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty")
    (folder / "witness.log").write_text("".join(witness.read(witness.path())), "utf-8")
    notes = AuditCheckpoint.objects.order_by("size").values_list("note", flat=True)
    (folder / "checkpoints.log").write_text("".join(notes), "utf-8")
    head = AuditHead.objects.first()
    size = head.size if head else 0
    _write(folder / "entries.jsonl", _entries(size))
    _write(folder / "tiles.jsonl", _tiles(size))
    (folder / "key.txt").write_text(f"{keys.verifier()}\n", "ascii")
    return size


def _write(path: Path, lines: Iterator[list[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for line in lines:
            file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")


def _entries(size: int) -> Iterator[list[object]]:
    for begin in range(0, size, rows.BATCH):
        yield from map(_line, rows.between(begin, min(size, begin + rows.BATCH)))
    strays = rows.outside(size)
    head = AuditHead.objects.first()
    grown = head.size if head else 0
    yield from (_line(stored) for stored in strays if not 0 <= stored[0] < grown)


def _line(stored: rows.Stored) -> list[object]:
    seq, record, *blobs = stored
    fields = bytes(record).decode("utf-8", errors="replace").split(SEPARATOR)
    return [seq, *fields, *(bytes(blob).hex() for blob in blobs)]


def _tiles(size: int) -> Iterator[list[object]]:
    level = 0
    while count := size >> HEIGHT * level:
        for start in range(0, count // WIDTH + 1, 64):
            for number, hashes in stretch(level, start, start + 64).items():
                width = min(WIDTH, count - number * WIDTH)
                yield [level, number, hashes[: max(0, width) * LEAF_BYTES].hex()]
        level += 1
