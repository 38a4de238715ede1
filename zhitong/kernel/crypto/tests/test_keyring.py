import json
import multiprocessing
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from zhitong.kernel.clock import clock_at, now
from zhitong.kernel.crypto.boxes import Unreadable, open_sealed, seal
from zhitong.kernel.crypto.keyring import (
    FILE,
    PURPOSES,
    KeyTrouble,
    add_seal_key,
    keyring,
    retire_seal_keys,
    ring_in,
)


def test_made_on_the_first_start_for_the_owner_only(keys):
    ring = keyring()
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700
    assert [path.name for path in keys.iterdir()] == [FILE]
    assert stat.S_IMODE((keys / FILE).stat().st_mode) == 0o600
    drawn = {ring.purpose(name) for name in PURPOSES}
    assert len(drawn) == len(PURPOSES)
    assert {len(key) for key in drawn} == {32}
    ring.audit_signer.public_key().verify(ring.audit_signer.sign(b"x"), b"x")


def test_read_once_and_again_when_the_file_changes(keys):
    first = keyring()
    assert keyring() is first
    added = add_seal_key(keys)
    assert keyring() is not first
    assert keyring().active == added
    assert first.active in keyring().seals
    assert keyring().purposes == first.purposes


def test_the_ring_shows_no_key(keys):
    ring = keyring()
    stored = json.loads((keys / FILE).read_text())
    shown = repr(ring) + str(ring) + repr(ring.seals) + f"{ring}"
    for secret in [*stored["purpose"].values(), *(s["key"] for s in stored["seal"].values())]:
        assert secret not in shown
    assert ring.purpose("index").hex() not in shown


def _name_of_ring(folder: Path) -> str:
    return ring_in(folder).purpose("index").hex() + ring_in(folder).active


def test_processes_that_start_together_agree(tmp_path):
    with multiprocessing.get_context("fork").Pool(8) as pool:
        seen = set(pool.map(_name_of_ring, [tmp_path / "keys"] * 64, chunksize=1))
    assert len(seen) == 1
    assert [path.name for path in (tmp_path / "keys").iterdir()] == [FILE]


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "",
        lambda text: text[:-20],
        lambda text: "[]",
        lambda text: text.replace('"active"', '"passive"'),
        lambda text: text.replace('"index"', '"other"'),
        lambda text: text.replace('"key": "', '"key": "AA'),
    ],
)
def test_a_damaged_file_is_named_and_not_replaced(keys, damage):
    keyring()
    path = keys / FILE
    damaged = damage(path.read_text())
    path.write_text(damaged)
    with pytest.raises(KeyTrouble, match="damaged") as caught:
        keyring()
    assert str(path) in str(caught.value)
    assert path.read_text() == damaged


def test_keys_open_to_others_are_refused(keys):
    keyring()
    (keys / FILE).chmod(0o640)
    add = keys / FILE
    add.write_text(add.read_text() + "\n")
    with pytest.raises(KeyTrouble, match="chmod 600"):
        keyring()


def test_a_place_where_no_keys_can_be_made(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(KeyTrouble, match="cannot make keys"):
        ring_in(tmp_path / "file" / "keys")


def test_an_unknown_purpose(keys):
    with pytest.raises(KeyTrouble):
        keyring().purpose("gossip")


def test_an_old_key_opens_until_it_is_retired(keys):
    box = seal("赵小云".encode(), context=b"here")
    old = keyring().active
    add_seal_key(keys)
    assert open_sealed(box, context=b"here").decode() == "赵小云"
    assert retire_seal_keys(keys, {old}, grace=timedelta(hours=1)) == []
    with clock_at(now() + timedelta(hours=2)):
        active = keyring().active
        assert retire_seal_keys(keys, {old, active, "00000000"}, grace=timedelta(hours=1)) == [old]
    with pytest.raises(Unreadable):
        open_sealed(box, context=b"here")
