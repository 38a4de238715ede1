from datetime import timedelta

import pytest
from django.db import connection

from zhitong.kernel.audit.models import AuditEntry
from zhitong.kernel.clock import clock_at, now
from zhitong.kernel.crypto.keyring import keyring
from zhitong.kernel.crypto.sealed import unsealed
from zhitong.kernel.crypto.tests.people import people_table
from zhitong.kernel.errors import Denied
from zhitong.kernel.rotation import GRACE, keys_in_use, rotate
from zhitong.kernel.scope import Reach, Scope, acting

pytestmark = pytest.mark.django_db(transaction=True)
OPERATOR = Scope("system:cli", Reach(), frozenset({"keys.rotate"}), "yearly rotation")
ROWS = 57


@pytest.fixture
def table(tmp_path, settings):
    settings.DATA = tmp_path
    with people_table() as (person, registry):
        person.objects.bulk_create(
            person(phone=f"1380000{number:04}", name="赵小云" if number % 2 else None)
            for number in range(ROWS)
        )
        yield person, registry


def phones(person) -> list[str]:
    return sorted(unsealed(row.phone) for row in person.objects.all())


def test_every_box_moves_and_the_old_key_goes(table):
    person, registry = table
    before, old = phones(person), keyring().active
    heard: list[tuple[str, int]] = []
    with acting(OPERATOR):
        first = rotate(registry=registry, batch=10, progress=lambda *step: heard.append(step))
    assert first.resealed == ROWS + ROWS // 2
    assert first.unreadable == first.retired == []
    assert heard == [("clock.Person", n) for n in (10, 20, 30, 40, 50, 57)]
    assert keys_in_use(registry) == {first.active} != {old}
    assert phones(person) == before

    with acting(OPERATOR), clock_at(now() + GRACE):
        second = rotate(registry=registry)
    assert (second.active, second.resealed, second.retired) == (first.active, 0, [old])
    assert set(keyring().seals) == {first.active}
    assert phones(person) == before
    assert AuditEntry.objects.filter(action="keys.rotate").count() == 2


def test_an_interrupted_run_is_taken_up(table):
    _person, registry = table

    def stop(_model: str, looked_at: int) -> None:
        if looked_at == 20:
            raise KeyboardInterrupt

    with acting(OPERATOR):
        with pytest.raises(KeyboardInterrupt):
            rotate(registry=registry, batch=10, progress=stop)
        assert len(keys_in_use(registry)) == 2
        again = rotate(registry=registry, batch=10)
    assert len(keyring().seals) == 2
    assert 0 < again.resealed < ROWS + ROWS // 2
    assert keys_in_use(registry) == {again.active}


def test_a_box_that_does_not_open_is_reported_and_keeps_its_key(table):
    person, registry = table
    row = person.objects.first()
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM crypto_test_person")
        box = bytearray(bytes(cursor.fetchone()[0]))
        box[-1] ^= 1
        where = "id = (SELECT id FROM crypto_test_person LIMIT 1)"
        cursor.execute(
            f"UPDATE crypto_test_person SET phone = %s WHERE {where}",
            [bytes(box)],
        )
    with acting(OPERATOR), clock_at(now() + 2 * GRACE):
        done = rotate(registry=registry, grace=timedelta())
    assert done.resealed == ROWS + ROWS // 2 - 1
    assert len(done.unreadable) == 1
    assert done.unreadable[0].startswith("clock.person.phone:")
    assert done.retired == []
    assert len(keyring().seals) == 2
    assert row is not None


def test_rotation_takes_a_permit(table):
    with acting(Scope("staff:1", Reach(), frozenset(), "x")), pytest.raises(Denied):
        rotate(registry=table[1])
    assert len(keyring().seals) == 1
