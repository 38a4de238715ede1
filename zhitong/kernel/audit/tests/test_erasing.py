"""Erasing: the content goes, the proofs stay."""

from uuid import UUID

import pytest

from zhitong.kernel.audit.erasure import NotErasable, NotYetPlaced, erase
from zhitong.kernel.audit.models import AuditEntry
from zhitong.kernel.audit.proofs import prove
from zhitong.kernel.audit.queries import readers_of
from zhitong.kernel.audit.tests.logs import write
from zhitong.kernel.audit.verify import verify
from zhitong.kernel.errors import NotFound, Stale

BY = {"actor": "staff:9", "label": "审计员", "purpose": "居民要求删除"}
HOSTILE = ["\x00\x1f", "\ud800", "a\nb\x7f", "长" * 5000, "=1+1", "'; DROP TABLE x --", "\u202egpj"]


def test_erased_content_is_gone_and_everything_stays_provable(log):
    entry = UUID(log.id(400))
    before = prove(entry)
    erase(entry=entry, **BY)
    row = AuditEntry.objects.get(pk=entry)
    assert (row.label, row.details, row.at_us, bytes(row.salt)) == ("", "", 0, b"")
    assert log.first() == set()
    log.grow(1, sign=True)
    report = verify()
    assert (report.problems, report.erased) == ([], 1)
    assert log.second() == set()
    after = prove(entry)
    assert (after.leaf, after.data) == (before.leaf, b"")
    assert prove(UUID(log.id(401))).data
    assert readers_of(f"audit.AuditEntry:{entry.hex}")[0].action == "audit.erase"


def test_an_order_for_another_hash_erases_nothing(log):
    entry = UUID(log.id(400))
    erase(entry=entry, **BY)
    log.run("UPDATE audit_entry SET leaf = %s WHERE seq = 400", bytes(32))
    kinds = {one[0] for one in log.first()}
    assert {"erased"} <= kinds
    assert {one[1] for one in log.first()} == {400}


def test_what_cannot_be_erased_is_refused(log):
    with pytest.raises(NotFound):
        erase(entry=UUID(int=1), **BY)
    with pytest.raises(NotYetPlaced):
        erase(entry=write(1)[0], **BY)
    entry = UUID(log.id(3))
    erase(entry=entry, **BY)
    with pytest.raises(Stale):
        erase(entry=entry, **BY)
    log.grow(0)
    order = AuditEntry.objects.get(action="audit.erase")
    with pytest.raises(NotErasable):
        erase(entry=order.pk, **BY)
