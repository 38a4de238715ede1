"""Verification: recompute every leaf from its columns and hold it against seals, tiles and roots.

One pass in the order of the log. A sound tile of 256 entries takes the quick way; a tile in
which anything differs is looked at entry by entry, and what belongs at each place is decided by
the keyed seal first and the tile second. Damaged tiles are compared once all have been read.
"""

import time
from collections.abc import Iterator
from pathlib import Path

from zhitong.kernel.audit import keys, rows, trust, witness
from zhitong.kernel.audit.align import Row, Zone, compare
from zhitong.kernel.audit.erasure import is_ordered
from zhitong.kernel.audit.growth import Growth
from zhitong.kernel.audit.judge import Judged, judge
from zhitong.kernel.audit.models import AuditHead
from zhitong.kernel.audit.report import Kind, Problem, Report
from zhitong.kernel.audit.tiles import WIDTH, cut, stretch

UNSEQUENCED_AFTER = 10
"""Seconds after which an entry without a place is a problem."""


def verify(start: int = 0, end: int | None = None, *, file: Path | None = None) -> Report:
    """Verify the log, or its entries from ``start`` up to ``end``, against all checkpoints.

    ``file`` is a witness to hold it against, by default this instance's own. Reads only; the
    log may grow meanwhile.
    """
    began = time.process_time()
    report = Report()
    known = trust.gather(report, keys.seal_key(), file or witness.path())
    report.start = min(max(start, 0), known.size)
    report.end = known.size if end is None else min(max(end, report.start), known.size)
    for seq, entry in rows.holes():
        report.add(Problem(Kind.CHANGED, seq, entry))
    zones = _walk(report, known)
    _add_outsiders(report, zones)
    for problem in compare(zones):
        report.add(problem)
    _check_waiting(report)
    report.cpu_seconds = time.process_time() - began
    return report


def _walk(report: Report, known: trust.Trust) -> list[Zone]:
    """Go along the whole tree, and along the entries of the range; return the damaged zones."""
    key = keys.seal_key()
    growth = Growth(report, known)
    zones: list[Zone] = []
    for first, hashes, stored in _tiles(report, known.size):
        width = min(WIDTH, known.size - first)
        if stored is None:
            growth.add(Judged(first, cut(hashes)[:width]))
            continue
        leaves = rows.quick(stored, first, hashes, key) if len(stored) == width else None
        if leaves is not None:
            growth.add(Judged(first, leaves))
            continue
        found = [rows.look(one) for one in stored]
        judged = judge(first, width, found, cut(hashes)[:width], key)
        _check_erased(report, found)
        growth.add(judged)
        if not judged.fits:
            _extend(zones, judged, found)
    growth.finish()
    return zones


def _tiles(report: Report, size: int) -> Iterator[tuple[int, bytes, list[rows.Stored] | None]]:
    """Tile by tile: first position, stored hashes, entries (None outside the range)."""
    for begin in range(0, size, rows.BATCH):
        end = min(begin + rows.BATCH, size)
        hashes = stretch(0, begin // WIDTH, -(-end // WIDTH))
        inside = begin < report.end and end > report.start
        batch = rows.between(begin, end) if inside else None
        for first in range(begin, end, WIDTH):
            here = hashes.get(first // WIDTH, b"")
            if batch is None or first >= report.end or first + WIDTH <= report.start:
                yield first, here, None
            elif len(batch) == end - begin:
                yield first, here, batch[first - begin : first - begin + WIDTH]
            else:
                yield first, here, [one for one in batch if first <= one[0] < first + WIDTH]


def _extend(zones: list[Zone], judged: Judged, found: list[Row]) -> None:
    if not zones or zones[-1].start + len(zones[-1].expected) != judged.first:
        zones.append(Zone(judged.first))
    zones[-1].expected += judged.leaves
    zones[-1].rows += found


def _check_erased(report: Report, found: list[Row]) -> None:
    for row in found:
        if row.erased:
            report.erased += 1
            if not is_ordered(row):
                report.add(Problem(Kind.ERASED, row.seq, row.id))


def _add_outsiders(report: Report, zones: list[Zone]) -> None:
    """Rows at positions that the log does not have belong to the damage at its end."""
    found = [rows.look(one) for one in rows.outside(report.size)]
    head = AuditHead.objects.first()
    sound = head is not None and all(one.kind is not Kind.HEAD for one in report.problems)
    size = max(report.size, head.size) if head and sound else report.size
    strays = [row for row in found if not 0 <= row.seq < size]
    if not strays:
        return
    if not zones or zones[-1].start + len(zones[-1].expected) != report.size:
        zones.append(Zone(report.size))
    zones[-1].rows += strays


def _check_waiting(report: Report) -> None:
    oldest = int(time.time() * 1000) - UNSEQUENCED_AFTER * 1000
    for stored in rows.waiting():
        row = rows.look((-1, *stored[1:]))
        report.unsequenced += 1
        if not row.fits(row.leaf) or row.seal:
            report.add(Problem(Kind.CHANGED, None, row.id))
        elif _made_ms(row.id) < oldest:
            report.add(Problem(Kind.UNSEQUENCED, None, row.id, detail=str(UNSEQUENCED_AFTER)))


def _made_ms(entry: str) -> int:
    """When the identifier was made, by its first 48 bits (UUIDv7): real time even in a replay."""
    try:
        return int(entry[:12], 16)
    except ValueError:
        return 0
