"""Backup and restore of a real instance: whole, verified, and never half done."""

import subprocess
import sys
import tarfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.instances import environment, zhitong
from zhitong.config.backup.sealing import fingerprint, passphrase_in, seal, unseal
from zhitong.config.backup.verifying import verified
from zhitong.config.obstacles import Obstacle

PASSPHRASE = "a long walk to the bus\n"
Env = dict[str, str]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, database_kind: str) -> Env:
    """An instance with areas, posts, an API key and an audit log; no test changes what it says."""
    data = tmp_path_factory.mktemp("home")
    env = environment(data, database_kind)
    run([sys.executable, "-m", "bench.county"], env)
    picture = data / "media" / "photos" / "aa" / "aa.jpg"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"picture")
    return env


@pytest.fixture(scope="module")
def saved(home: Env) -> Path:
    """A sound backup of it."""
    return backed_up(home)


@pytest.fixture
def away(tmp_path: Path, database_kind: str) -> Callable[[str], Env]:
    """Further, empty instances, each with a database of its own."""
    return lambda name: environment(tmp_path / name, database_kind)


def run(command: list[str], env: Mapping[str, str]) -> None:
    subprocess.run(command, env=env, check=True, capture_output=True)


def folder(env: Env) -> Path:
    return Path(env["ZHITONG_DATA"])


def backed_up(env: Env, *words: object) -> Path:
    done = zhitong(env, "backup", *words)
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


def copies(env: Env) -> list[Path]:
    return sorted((folder(env) / "backups").glob("*.tar.gz"))


def test_a_backup_comes_back_whole(home: Env, away: Callable[[str], Env], tmp_path: Path) -> None:
    """Into an empty folder with the keys from under the passphrase, and once more over that."""
    (tmp_path / "words").write_text(PASSPHRASE)
    (tmp_path / "other").write_text("another long walk\n")
    file = backed_up(home, tmp_path / "mine.tar.gz", "--passphrase-file", tmp_path / "words")
    assert file.stat().st_mode & 0o077 == 0
    with tarfile.open(file) as tar:
        assert not [name for name in tar.getnames() if name.startswith("keys/")]

    there = away("there")
    refused = zhitong(there, "restore", file)
    assert refused.returncode == 1
    assert "the keys here are not those of this backup" in refused.stderr
    wrong = zhitong(there, "restore", file, "--passphrase-file", tmp_path / "other")
    assert wrong.returncode == 1
    assert "passphrase does not open" in wrong.stderr
    restored = zhitong(there, "restore", file, "--passphrase-file", tmp_path / "words")
    assert restored.returncode == 0, restored.stderr
    key = folder(there) / "keys" / "keyring.json"
    assert key.read_bytes() == (folder(home) / "keys" / "keyring.json").read_bytes()
    assert key.stat().st_mode & 0o077 == 0
    assert (folder(there) / "media/photos/aa/aa.jpg").read_bytes() == b"picture"

    occupied = zhitong(there, "restore", file)
    assert occupied.returncode == 1
    assert "there is a database already" in occupied.stderr

    assert zhitong(there, "audit", "verify").returncode == 0  # signs what the copy had waiting
    replaced = zhitong(there, "restore", file, "--replace")
    assert replaced.returncode == 0, replaced.stderr
    assert "the audit log says so: it goes on from entry 0;" in replaced.stderr
    assert len(copies(there)) == 1
    assert zhitong(there, "audit", "verify").returncode == 0


def test_a_passphrase_must_be_long_and_right(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.mkdir()
    (keys / "web.key").write_text("secret")
    sealed = seal(keys, "a long walk to the bus")
    assert b"secret" not in sealed
    unseal(sealed, "a long walk to the bus", tmp_path / "opened")
    assert (tmp_path / "opened" / "web.key").read_text() == "secret"
    assert fingerprint(tmp_path / "opened") == fingerprint(keys)
    for bad in (sealed[:-1], sealed[:40], b""):
        with pytest.raises(Obstacle):
            unseal(bad, "a long walk to the bus", tmp_path / "never")
    (tmp_path / "short").write_text("bus\n")
    with pytest.raises(Obstacle, match="at least 12"):
        passphrase_in(tmp_path / "short")


def test_an_older_database_is_copied_before_it_is_upgraded(home: Env) -> None:
    before = copies(home)
    back = [sys.executable, "-m", "django", "migrate", "worker", "zero"]
    run(back, {**home, "DJANGO_SETTINGS_MODULE": "zhitong.config.settings"})
    done = zhitong(home, "migrate")
    assert done.returncode == 0, done.stderr
    assert "verified backup: " in done.stdout
    assert len(copies(home)) == len(before) + 1
    assert "verified backup" not in zhitong(home, "migrate").stdout


def test_a_damaged_file_is_refused(saved: Path, tmp_path: Path) -> None:
    sound = saved.read_bytes()
    middle = len(sound) // 2
    flipped = sound[:middle] + bytes([sound[middle] ^ 1]) + sound[middle + 1 :]
    bad = tmp_path / "bad.tar.gz"
    for damaged in (flipped, sound[:middle], b"", b"x"):
        bad.write_bytes(damaged)
        with pytest.raises(Obstacle, match="damaged"), verified(bad):
            pytest.fail("a damaged file was opened")


@pytest.mark.parametrize("change", ["extra", "missing", "altered"])
def test_a_file_that_does_not_match_its_manifest_is_refused(
    saved: Path, tmp_path: Path, change: str
) -> None:
    content = tmp_path / "content"
    with tarfile.open(saved) as tar:
        tar.extractall(content, filter="data")
    picture = content / "media/photos/aa/aa.jpg"
    if change == "extra":
        picture.with_name("bb.jpg").write_bytes(b"x")
    elif change == "missing":
        picture.unlink()
    else:
        picture.write_bytes(b"another")
    with tarfile.open(tmp_path / "changed.tar.gz", "w:gz") as tar:
        for path in content.iterdir():
            tar.add(path, path.name)
    changed = verified(tmp_path / "changed.tar.gz")
    with pytest.raises(Obstacle, match="jpg is not what was saved"), changed:
        pytest.fail("a changed file was opened")


def test_a_name_that_is_taken_is_not_overwritten(home: Env, tmp_path: Path) -> None:
    taken = tmp_path / "mine.tar.gz"
    taken.write_bytes(b"precious")
    done = zhitong(home, "backup", taken)
    assert done.returncode == 1
    assert taken.read_bytes() == b"precious"


def test_what_is_running_is_not_replaced(saved: Path, away: Callable[[str], Env]) -> None:
    busy = away("busy")  # one of its own: its worker goes on writing the audit log
    assert zhitong(busy, "migrate").returncode == 0
    worker = subprocess.Popen([sys.executable, "-m", "zhitong.config.cli", "work"], env=busy)
    try:
        lock = folder(busy) / "running.lock"
        while not lock.exists():
            assert worker.poll() is None
        done = zhitong(busy, "restore", saved, "--replace")
        assert done.returncode == 1
        assert "is running on" in done.stderr
    finally:
        worker.terminate()
        worker.wait(15)
