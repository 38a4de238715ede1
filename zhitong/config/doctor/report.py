"""The work of ``zhitong doctor``."""

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable
from dataclasses import asdict

from django.db import connection

from zhitong.config.doctor import database, machine, work
from zhitong.config.doctor.findings import Finding, Grade, bad
from zhitong.config.obstacles import explain
from zhitong.kernel.bus.faults import Attempt

SIGNS = {Grade.OK: "ok  ", Grade.LOOK: "LOOK", Grade.BAD: "BAD "}


def doctor(options: Namespace) -> int:
    """Print every finding; 1 when something is wrong."""
    found = [*_ask("database", database.findings), *_ask("machine", machine.findings)]
    found += _ask("work", work.findings)
    wrong = any(one.grade is Grade.BAD for one in found)
    if options.json:
        data = {"ok": not wrong, "database": connection.vendor}
        findings = [asdict(one) for one in found]
        sys.stdout.write(json.dumps({**data, "findings": findings}, ensure_ascii=False) + "\n")
    else:
        for one in found:
            sys.stdout.write(f"{SIGNS[one.grade]} {one.name:<18} {one.says}\n")
            if one.todo:
                sys.stdout.write(f"     {'':<18} → {one.todo}\n")
    return 1 if wrong else 0


def _ask(name: str, findings: Callable[[], Iterable[Finding]]) -> list[Finding]:
    """What one part found. A look that fails is itself a finding."""
    found: list[Finding] = []
    with Attempt() as attempt:
        found.extend(findings())
    if attempt.error is not None:
        _, says = explain(attempt.error)
        found.append(bad(name, says, "mend this first, then look again"))
    return found
