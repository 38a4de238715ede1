"""What verification starts from: signed checkpoints, the witness, and the sealed head."""

from dataclasses import dataclass
from pathlib import Path

from django.db.models import Max
from django.utils.translation import gettext

from zhitong.kernel.audit import keys, rows, witness
from zhitong.kernel.audit.models import AuditCheckpoint, AuditHead, AuditTile
from zhitong.kernel.audit.notes import BadNote, Checkpoint
from zhitong.kernel.audit.record import LEAF_BYTES, head_seal_of
from zhitong.kernel.audit.report import Kind, Problem, Report
from zhitong.kernel.audit.tiles import WIDTH, row


@dataclass(frozen=True, slots=True)
class Trust:
    """How many entries there must be, and which roots the tree must have on the way."""

    size: int
    roots: list[tuple[int, bytes]]


def gather(report: Report, key: bytes, file: Path) -> Trust:
    """Read and check everything signed or sealed; what is wrong with it goes into the report."""
    seen = _witnessed(report, file)
    stored = _stored(report)
    size, sealed = _size(report, key, max([0, *(one.size for one in stored)]))
    signed = {(one.size, one.root) for one in [*seen, *stored]}
    report.size = size
    _compare(report, seen, stored)
    report.checkpoints = len(signed)
    report.signed_size = max([0, *(one for one, _root in signed)])
    beyond = max([0, *(one.size for one in seen)])
    if beyond > size:
        report.add(Problem(Kind.ROLLED_BACK, size, until=beyond))
    return Trust(size, sorted({one for one in signed | sealed if one[0] <= size}))


def _witnessed(report: Report, file: Path) -> list[Checkpoint]:
    """The witness's checkpoints that no declared restore has set aside."""
    verifier, kept, latest = keys.verifier(), list[Checkpoint](), 0
    for note in witness.read(file):
        try:
            one = verifier.open(note)
        except BadNote:
            _unsigned(report, Kind.WITNESS, _size_in(note))
            continue
        if one.at_us <= latest:
            detail = gettext("its notes are not in the order of time")
            report.add(Problem(Kind.WITNESS, one.size, detail=detail))
            continue
        latest = one.at_us
        if one.lost is not None:
            report.restores.append((one.size, one.lost))
            kept = [before for before in kept if before.size <= one.size]
        kept.append(one)
    return kept


def _stored(report: Report) -> list[Checkpoint]:
    verifier, sound = keys.verifier(), []
    for size, note in AuditCheckpoint.objects.order_by("size").values_list("size", "note"):
        try:
            one = verifier.open(note)
        except BadNote:
            _unsigned(report, Kind.CHECKPOINT, size)
            continue
        if one.size == size:
            sound.append(one)
        else:
            detail = gettext("it is the one of another size")
            report.add(Problem(Kind.CHECKPOINT, size, detail=detail))
    return sound


def _unsigned(report: Report, kind: Kind, size: int | None) -> None:
    report.add(Problem(kind, size, detail=gettext("a signature does not fit")))


def _compare(report: Report, seen: list[Checkpoint], stored: list[Checkpoint]) -> None:
    """Both must hold the same, but for a newest one that is on its way to the file."""
    there = {one.size for one in stored}
    damaged = {problem.seq for problem in report.problems if problem.kind is Kind.CHECKPOINT}
    for one in seen:
        if one.size <= report.size and one.size not in there | damaged and one.lost is None:
            detail = gettext("it is gone from the database")
            report.add(Problem(Kind.CHECKPOINT, one.size, detail=detail))
    witnessed = {one.size for one in seen}
    for one in stored[:-1]:
        if one.size not in witnessed and not _kept_by_restore(report, one.size):
            detail = gettext("the checkpoint of %(size)s entries is not in it") % {"size": one.size}
            report.add(Problem(Kind.WITNESS, one.size, detail=detail))


def _kept_by_restore(report: Report, size: int) -> bool:
    return any(kept < size <= lost for kept, lost in report.restores)


def _size(report: Report, key: bytes, signed: int) -> tuple[int, set[tuple[int, bytes]]]:
    """How many entries the log has, and the sealed root over them if the head is sound."""
    head = AuditHead.objects.first()
    tiled = _tiled()
    if head is None:
        if tiled or signed:
            report.add(Problem(Kind.HEAD, max(tiled, signed)))
        return max(tiled, signed), set()
    root = bytes(head.root)
    sound = bytes(head.seal) == head_seal_of(key, head.size, root)
    if sound and head.size >= max(signed, _sealed_size(key, head.size)):
        return head.size, {(head.size, root)}
    report.add(Problem(Kind.HEAD, max(tiled, signed)))
    return max(tiled, signed), set()


def _sealed_size(key: bytes, size: int) -> int:
    """More than ``size`` when a sealed entry stands behind it: the head is an older copy."""
    for stored in rows.between(size, size + 1):
        one = rows.look(stored)
        if rows.is_sealed(key, size, one.leaf, one.seal) and size < _tiled():
            return size + 1
    return size


def _tiled() -> int:
    """How many leaves the tiles hold, if there are none missing."""
    last = AuditTile.objects.filter(level=0).aggregate(last=Max("number"))["last"]
    return 0 if last is None else last * WIDTH + len(row(0, last)) // LEAF_BYTES


def _size_in(note: str) -> int | None:
    lines = note.split("\n", 2)
    return int(lines[1]) if len(lines) > 1 and lines[1].isdecimal() else None
