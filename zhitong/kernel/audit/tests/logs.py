"""A log to tamper with: 700 entries, signed at 300, 512 and 650; the last 50 only sealed."""

from pathlib import Path
from uuid import UUID

from django.db import connection, transaction
from pytest_django import Settings

from tools import verify_audit
from zhitong.kernel.audit import keys, witness
from zhitong.kernel.audit.entries import append
from zhitong.kernel.audit.export import export
from zhitong.kernel.audit.models import AuditEntry
from zhitong.kernel.audit.sequence import integrate
from zhitong.kernel.audit.verify import verify
from zhitong.kernel.crypto.keyring import keyring

SIGNED_AT = (300, 512, 650)
SIZE = 700


def write(count: int, **over: str) -> list[UUID]:
    """Append ``count`` entries in one transaction."""
    entry = {
        "action": "loop.answer",
        "actor": "staff:1",
        "label": "安德街道派出所 · 社区民警 王建国",
        "target": "loop.Matter:1",
        "path": "37/14/03/001/",
        "purpose": "办理",
    }
    with transaction.atomic():
        return [append(**{**entry, **over}, details={"n": number}) for number in range(count)]


class Log:
    """What the tests do to a log and ask of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.exports = 0

    def grow(self, count: int, *, sign: bool = False) -> None:
        """Entries, placed; signed and witnessed if wanted."""
        write(count)
        while integrate():
            continue
        if sign:
            integrate(sign=True)
            witness.catch_up()

    def run(self, statement: str, *parameters: str | int | bytes | UUID) -> None:
        """Do something to the tables behind the platform's back."""
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)

    def id(self, seq: int) -> str:
        """The identifier of the entry at a position, as the reports print it."""
        return AuditEntry.objects.get(seq=seq).id.hex

    def first(self) -> set[tuple[object, ...]]:
        """What the platform's verifier finds."""
        return {(one.kind.value, one.seq, one.id) for one in verify().problems}

    def second(self, *, sealed: bool = True) -> set[tuple[object, ...]]:
        """What the independent verifier finds in an export."""
        self.exports += 1
        folder = self.folder / f"export{self.exports}"
        export(folder)
        seal = keyring().purpose("audit-seal") if sealed else b""
        found = verify_audit.verify(folder, str(keys.verifier()), seal=seal)
        return {(*one, "") if len(one) == 2 else one for one in found}


def made(folder: Path, settings: Settings, *, grown: bool) -> Log:
    """A log with its own keys and witness in ``folder``."""
    settings.DATA = folder
    log = Log(folder)
    before = 0
    for size in SIGNED_AT if grown else ():
        log.grow(size - before, sign=True)
        before = size
    if grown:
        log.grow(SIZE - before)
    return log
