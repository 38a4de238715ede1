"""The work of ``zhitong audit``."""

import base64
import json
import sys
from argparse import Namespace
from uuid import UUID

from zhitong.config.jobs.who import as_command_line
from zhitong.config.obstacles import Obstacle
from zhitong.kernel.audit.erasure import erase
from zhitong.kernel.audit.export import export
from zhitong.kernel.audit.models import AuditHead
from zhitong.kernel.audit.proofs import consistency, prove
from zhitong.kernel.audit.report import Kind, Report
from zhitong.kernel.audit.sequence import integrate
from zhitong.kernel.audit.verify import verify
from zhitong.kernel.bus.faults import Attempt

MOST = 20
"""Problems that are printed unless all are asked for."""


def audit(options: Namespace) -> int:
    """Do what the second word says."""
    works = {
        "verify": _verify,
        "prove": _prove,
        "consistency": _consistency,
        "export": _export,
        "erase": _erase,
    }
    return works[options.what](options)


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")


def _verify(options: Namespace) -> int:
    """Entries that a stopped worker left waiting get their place first, as it would have done.

    When that is refused the log was tampered with, and verification says where. With --as-is
    nothing is written, and waiting is no fault: a copy has no worker.
    """
    if not options.as_is:
        with Attempt():
            _put_in_order()
    report = verify(file=options.head)
    if options.as_is:
        report.problems = [one for one in report.problems if one.kind is not Kind.UNSEQUENCED]
    if options.json:
        _say(json.dumps(_as_data(report), ensure_ascii=False))
        return 0 if report.ok else 1
    shown = report.problems if options.all else report.problems[:MOST]
    for problem in shown:
        _say(problem.sentence)
    if more := len(report.problems) - len(shown) + report.more:
        _say(f"and {more} more (--all shows up to 1000)")
    rate = report.entries / report.cpu_seconds if report.cpu_seconds else 0.0
    verdict = "sound" if report.ok else "NOT SOUND"
    _say(
        f"{verdict}: {report.entries} entries, {report.signed_size} of them signed in "
        f"{report.checkpoints} checkpoints ({rate:,.0f} entries/s)"
    )
    return 0 if report.ok else 1


def _as_data(report: Report) -> dict[str, object]:
    return {
        "ok": report.ok,
        "entries": report.entries,
        "signed": report.signed_size,
        "checkpoints": report.checkpoints,
        "erased": report.erased,
        "root": report.root,
        "cpu_seconds": report.cpu_seconds,
        "problems": [
            {"kind": one.kind, "seq": one.seq, "id": one.id, "says": one.sentence}
            for one in report.problems
        ],
        "more": report.more,
    }


def _prove(options: Namespace) -> int:
    entry = _entry(options.entry)
    _put_in_order()
    _say(prove(entry).text())
    return 0


def _consistency(options: Namespace) -> int:
    _put_in_order()
    head = AuditHead.objects.first()
    proof = consistency(options.old, options.new or (head.size if head else 0))
    parts = {
        "old": proof.old,
        "new": proof.new,
        "old_root": base64.b64encode(proof.old_root).decode(),
        "new_root": base64.b64encode(proof.new_root).decode(),
        "path": [base64.b64encode(step).decode() for step in proof.path],
    }
    _say(json.dumps(parts))
    return 0


def _export(options: Namespace) -> int:
    _put_in_order()
    entries = export(options.folder)
    _say(f"{entries} entries in {options.folder}; docs/audit.md says how to check them")
    return 0


def _erase(options: Namespace) -> int:
    entry = _entry(options.entry)
    _put_in_order()
    who = as_command_line(purpose=options.reason)
    erase(entry=entry, actor=who.actor, label=who.label, purpose=options.reason)
    _say("erased; that it was erased stays in the log")
    return 0


def _put_in_order() -> None:
    """Give waiting entries their place now, and sign them."""
    while integrate(sign=True):
        pass


def _entry(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Obstacle(f"{text!r} is not the id of an entry (a UUID)") from error
