"""Whatever is done to the log behind the platform's back, both verifiers name the entry."""

from uuid import UUID

import pytest

from zhitong.kernel.audit import keys, merkle
from zhitong.kernel.audit.entries import stored_id
from zhitong.kernel.audit.models import AuditCheckpoint, AuditEntry, AuditHead, AuditTile
from zhitong.kernel.audit.record import head_seal_of, leaf_of
from zhitong.kernel.audit.tiles import Tree, cut, row
from zhitong.kernel.audit.verify import verify
from zhitong.kernel.ids import uuid7

PLACES = (0, 255, 256, 299, 300, 511, 600, 655, 699)
TEXTS = ("action", "actor", "label", "target", "path", "purpose", "details")


def both(log, *expected):
    assert log.first() == set(expected)
    assert log.second() == set(expected)


def flipped(value: bytes) -> bytes:
    return bytes([value[0] ^ 1]) + value[1:]


def test_an_untouched_log_is_sound(log):
    both(log)
    assert log.second(sealed=False) == set()


@pytest.mark.parametrize(("column", "seq"), list(zip(TEXTS, PLACES[2:], strict=True)))
def test_a_changed_field_names_the_entry(log, column, seq):
    log.run(f"UPDATE audit_entry SET {column} = {column} || 'x' WHERE seq = %s", seq)
    both(log, ("changed", seq, log.id(seq)))


@pytest.mark.parametrize("seq", [255, 655])
def test_a_changed_time_salt_or_id_names_the_entry(log, seq):
    row = AuditEntry.objects.get(seq=seq)
    log.run("UPDATE audit_entry SET at_us = at_us + 1 WHERE seq = %s", seq)
    both(log, ("changed", seq, row.id.hex))
    log.run("UPDATE audit_entry SET at_us = at_us - 1 WHERE seq = %s", seq)
    log.run("UPDATE audit_entry SET salt = %s WHERE seq = %s", flipped(bytes(row.salt)), seq)
    both(log, ("changed", seq, row.id.hex))
    log.run("UPDATE audit_entry SET salt = %s WHERE seq = %s", bytes(row.salt), seq)
    other = uuid7()
    log.run("UPDATE audit_entry SET id = %s WHERE seq = %s", stored_id(other), seq)
    both(log, ("changed", seq, other.hex))


def test_text_moved_between_fields_names_the_entry(log):
    log.run("UPDATE audit_entry SET action = 'loop.answers', actor = 'taff:1' WHERE seq = 40")
    both(log, ("changed", 40, log.id(40)))


def test_a_salt_byte_moved_into_the_record_names_the_entry(log):
    row = AuditEntry.objects.get(seq=41)
    log.run("UPDATE audit_entry SET salt = %s WHERE seq = 41", bytes(row.salt)[:15])
    both(log, ("changed", 41, row.id.hex))


@pytest.mark.parametrize("seq", [0, 299, 699])
def test_a_changed_hash_names_the_entry(log, seq):
    row = AuditEntry.objects.get(seq=seq)
    log.run("UPDATE audit_entry SET leaf = %s WHERE seq = %s", flipped(bytes(row.leaf)), seq)
    both(log, ("leaf", seq, row.id.hex))


@pytest.mark.parametrize("seq", [0, 511, 655])
def test_a_changed_seal_names_the_entry(log, seq):
    row = AuditEntry.objects.get(seq=seq)
    log.run("UPDATE audit_entry SET seal = %s WHERE seq = %s", flipped(bytes(row.seal)), seq)
    both(log, ("seal", seq, row.id.hex))
    assert log.second(sealed=False) == set()


@pytest.mark.parametrize("seq", PLACES)
def test_an_entry_rewritten_with_its_hash_names_the_entry(log, seq):
    entry = rewrite(log, seq)
    both(log, ("changed", seq, entry))
    assert log.second(sealed=False) == {("changed", seq, entry)}


@pytest.mark.parametrize("seq", [0, 256, 299, 300, 600])
def test_an_entry_rewritten_with_its_hash_and_tile_names_the_entry(log, seq):
    entry = rewrite(log, seq)
    patch_tile(0, seq // 256, seq % 256, bytes(AuditEntry.objects.get(seq=seq).leaf))
    both(log, ("changed", seq, entry))
    stretch = max(mark for mark in (0, 300, 512) if mark <= seq)
    assert log.second(sealed=False) == {("replaced", stretch, "")}


@pytest.mark.parametrize("seq", [0, 299, 511])
def test_an_entry_rewritten_up_to_the_top_names_the_entry(log, seq):
    entry = rewrite(log, seq)
    patch_tile(0, seq // 256, seq % 256, bytes(AuditEntry.objects.get(seq=seq).leaf))
    from_tile(seq // 256)
    both(log, ("changed", seq, entry))
    stretch = 0 if seq < 300 else 300
    assert log.second(sealed=False) == {("replaced", stretch, "")}


@pytest.mark.parametrize("seq", [0, 255, 300, 699])
def test_a_missing_entry_names_its_place(log, seq):
    log.run("DELETE FROM audit_entry WHERE seq = %s", seq)
    both(log, ("dropped", seq, ""))


@pytest.mark.parametrize("seq", [0, 255, 256, 600])
def test_a_missing_entry_is_found_when_the_rest_moves_up(log, seq):
    log.run("DELETE FROM audit_entry WHERE seq = %s", seq)
    shift(log, seq, -1)
    both(log, ("dropped", seq, ""))


@pytest.mark.parametrize("seq", [0, 200, 256, 600, 700])
def test_an_entry_put_in_is_named(log, seq):
    shift(log, seq, 1)
    entry = forge(log, seq)
    both(log, ("inserted", seq, entry))


def test_an_entry_far_behind_the_end_is_named(log):
    entry = forge(log, 10_000)
    both(log, ("inserted", 10_000, entry))


@pytest.mark.parametrize(("one", "other"), [(5, 6), (5, 9), (255, 256), (10, 610), (650, 699)])
def test_exchanged_entries_are_both_named(log, one, other):
    first, second = log.id(one), log.id(other)
    log.run("UPDATE audit_entry SET seq = -1 WHERE seq = %s", one)
    log.run("UPDATE audit_entry SET seq = %s WHERE seq = %s", one, other)
    log.run("UPDATE audit_entry SET seq = %s WHERE seq = -1", other)
    both(log, ("moved", one, second), ("moved", other, first))


def test_a_cut_off_end_names_the_places(log):
    log.run("DELETE FROM audit_entry WHERE seq >= 690")
    assert log.first() == {("dropped", 690, "")}
    assert log.second() == {("dropped", seq, "") for seq in range(690, 700)}


@pytest.mark.parametrize("place", [0, 3, 255])
def test_a_changed_leaf_in_a_tile_names_the_entry(log, place):
    patch_tile(0, 1, place, bytes(32))
    both(log, ("tile", 256 + place, ""))


def test_a_changed_leaf_in_the_last_tile_names_the_entry(log):
    patch_tile(0, 2, 100, bytes(32))
    both(log, ("tile", 612, ""))


def test_a_changed_inner_hash_names_its_tile(log):
    patch_tile(1, 0, 1, bytes(32))
    both(log, ("tile", 256, ""))


def test_a_missing_tile_is_named(log):
    AuditTile.objects.filter(level=0, number=1).delete()
    assert log.first() == {("tile", 256, "")}
    assert log.second() == {("tile", seq, "") for seq in range(256, 512)}


def test_a_changed_checkpoint_is_named(log):
    for old, new in (("\n512\n", "\n513\n"), ("\nat 1", "\nat 2"), ("— ", "— x")):
        row = AuditCheckpoint.objects.get(size=512)
        AuditCheckpoint.objects.filter(size=512).update(note=row.note.replace(old, new))
        assert ("checkpoint", 512) in {one[:2] for one in log.first()}
        assert {one[0] for one in log.second()} <= {"checkpoint"}
        AuditCheckpoint.objects.filter(size=512).update(note=row.note)


@pytest.mark.parametrize("size", [300, 512, 650])
def test_a_missing_checkpoint_is_named(log, size):
    AuditCheckpoint.objects.filter(size=size).delete()
    both(log, ("checkpoint", size, ""))


def test_a_changed_or_shortened_witness_is_named(log):
    file = log.folder / "audit" / "checkpoints.log"
    text = file.read_text("utf-8")
    file.write_text(text.replace("\n512\n", "\n511\n"), "utf-8")
    assert ("witness", 511, "") in log.first() & log.second()
    file.write_text(text[text.index("zhitong-audit/371403\n512") :], "utf-8")
    both(log, ("witness", 300, ""))


def test_an_older_copy_of_the_database_is_named(log):
    log.run("DELETE FROM audit_entry WHERE seq >= 520")
    log.run("DELETE FROM audit_checkpoint WHERE size > 520")
    tile = AuditTile.objects.get(level=0, number=2)
    AuditTile.objects.filter(pk=tile.pk).update(hashes=bytes(tile.hashes)[: 8 * 32])
    reseal_head(520)
    both(log, ("rolled_back", 520, ""))


def test_a_head_that_says_less_is_named(log):
    AuditHead.objects.update(size=600)
    assert log.first() == {("head", 700, "")}


def test_an_older_head_is_named(log):
    before = AuditHead.objects.values().get()
    log.grow(20)
    AuditHead.objects.update(**before)
    assert log.first() == {("head", 720, "")}


def test_content_taken_away_without_an_order_names_the_entry(log):
    blank = dict.fromkeys(TEXTS, "") | {"at_us": 0, "salt": b""}
    for seq in (17, 600):
        AuditEntry.objects.filter(seq=seq).update(**blank)
    both(log, ("erased", 17, log.id(17)), ("erased", 600, log.id(600)))


def test_entries_without_a_place_are_watched(log):
    old = UUID(int=uuid7().int - (11_000 << 80))
    forge(log, None, entry=old)
    assert log.first() == {("unsequenced", None, old.hex)}
    log.run("UPDATE audit_entry SET label = 'y' WHERE seq IS NULL")
    assert log.first() == {("changed", None, old.hex)}


def test_several_at_once_are_all_named(log):
    changed, leaf = log.id(100), log.id(101)
    log.run("UPDATE audit_entry SET label = 'x' WHERE seq = 100")
    log.run("UPDATE audit_entry SET leaf = %s WHERE seq = 101", bytes(32))
    log.run("DELETE FROM audit_entry WHERE seq = 300")
    patch_tile(0, 0, 7, bytes(32))
    both(
        log,
        ("changed", 100, changed),
        ("leaf", 101, leaf),
        ("dropped", 300, ""),
        ("tile", 7, ""),
    )


def test_a_range_is_verified_alone(log):
    log.run("UPDATE audit_entry SET label = 'x' WHERE seq = 600")
    assert verify(0, 500).ok
    assert [one.seq for one in verify(590, 610).problems] == [600]


def rewrite(log, seq):
    """Change an entry and let its stored hash follow."""
    row = AuditEntry.objects.get(seq=seq)
    row.label = "某人"
    fields = [row.id.hex, row.at_us, *(getattr(row, name) for name in TEXTS)]
    leaf = leaf_of(bytes(row.salt), "\x1f".join(map(str, fields)).encode())
    AuditEntry.objects.filter(pk=row.pk).update(label=row.label, leaf=leaf)
    return row.id.hex


def patch_tile(level, number, place, leaf):
    row = AuditTile.objects.get(level=level, number=number)
    hashes = bytearray(bytes(row.hashes))
    hashes[place * 32 : place * 32 + 32] = leaf
    AuditTile.objects.filter(pk=row.pk).update(hashes=bytes(hashes))


def from_tile(number):
    """Let the level above follow a tile."""
    patch_tile(1, 0, number, merkle.root(cut(row(0, number))))


def shift(log, seq, by):
    """Renumber everything from a position on."""
    log.run("UPDATE audit_entry SET seq = -seq - 10 WHERE seq >= %s", seq)
    log.run("UPDATE audit_entry SET seq = -seq - 10 + %s WHERE seq < 0", by)


def forge(log, seq, entry=None):
    """An entry that was never appended."""
    entry, salt = entry or uuid7(), bytes(16)
    fields = [entry.hex, 5, *("x" for _ in TEXTS)]
    leaf = leaf_of(salt, "\x1f".join(map(str, fields)).encode())
    named = dict.fromkeys(TEXTS, "x")
    AuditEntry.objects.create(id=entry, seq=seq, at_us=5, salt=salt, leaf=leaf, **named)
    return entry.hex


def reseal_head(size):
    """The head row as it was at that size: part of the older copy."""
    root = Tree().root(size)
    seal = head_seal_of(keys.seal_key(), size, root)
    AuditHead.objects.update(size=size, root=root, seal=seal)
