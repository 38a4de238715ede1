"""Many writers and two sequencers at once: nothing lost, nothing placed twice."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from zhitong.kernel.audit import witness
from zhitong.kernel.audit.models import AuditEntry
from zhitong.kernel.audit.sequence import integrate
from zhitong.kernel.audit.tests.logs import write
from zhitong.kernel.audit.verify import verify

WRITERS = 6
ROUNDS = 25


@pytest.mark.django_db(transaction=True)
def test_writers_and_sequencers_at_once(tmp_path, settings):
    settings.DATA = tmp_path
    over = threading.Event()

    def writing(number: int) -> list[str]:
        try:
            batches = [write(2, actor=f"staff:{number}") for _ in range(ROUNDS)]
            return [entry.hex for batch in batches for entry in batch]
        finally:
            connection.close()

    def ordering() -> int:
        try:
            placed = 0
            while not over.is_set():
                placed += integrate(7, sign=True)
            return placed
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS + 2) as pool:
        orderers = [pool.submit(ordering) for _ in range(2)]
        writers = [pool.submit(writing, number) for number in range(WRITERS)]
        written = [entry for writer in writers for entry in writer.result()]
        over.set()
        placed = sum(orderer.result() for orderer in orderers)
    while more := integrate(sign=True):
        placed += more
    rows = list(AuditEntry.objects.order_by("seq").values_list("seq", "id"))
    assert placed == len(written) == WRITERS * ROUNDS * 2
    assert [seq for seq, _entry in rows] == list(range(len(written)))
    assert {entry.hex for _seq, entry in rows} == set(written)
    assert verify().problems == []
    assert len(witness.read(witness.path())) == verify().checkpoints
