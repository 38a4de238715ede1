"""Opening a backup and proving that it is whole: checksums, database, row counts, audit log."""

import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from zhitong.config.backup.manifest import Manifest
from zhitong.config.backup.sealing import fingerprint, unseal
from zhitong.config.backup.stores import store
from zhitong.config.obstacles import Obstacle

KEYS = "keys.sealed"


@dataclass(frozen=True, slots=True)
class Opened:
    """A verified backup, unpacked for as long as it is looked at."""

    folder: Path
    manifest: Manifest
    keys: Path


@contextmanager
def verified(file: Path, *, passphrase: str = "", audit: bool = True) -> Iterator[Opened]:
    """Unpack and verify. Raises Obstacle that says what is wrong with the file."""
    with tempfile.TemporaryDirectory(dir=_roomy(file), prefix=".verify-") as scratch:
        folder = Path(scratch) / "data"
        _unpack(file, folder)
        manifest = Manifest.read(folder)
        manifest.check_files(folder)
        if manifest.engine != store().engine:
            raise Obstacle(
                f"this backup is of {manifest.engine}, but the settings say {store().engine}"
            )
        opened = Opened(folder, manifest, _keys(folder, passphrase))
        if fingerprint(opened.keys) != manifest.fingerprint:
            raise Obstacle(
                "the keys here are not those of this backup: put the folder of keys that was saved "
                "with it into the data folder, or give --passphrase-file if the keys are inside"
            )
        _try_out(opened, audit=audit)
        yield opened


def _roomy(file: Path) -> Path:
    return file.parent if os.access(file.parent, os.W_OK) else Path(settings.DATA)


def _unpack(file: Path, folder: Path) -> None:
    try:
        with tarfile.open(file, "r:gz") as tar:
            tar.extractall(folder, filter="data")
    except (tarfile.TarError, EOFError, ValueError, OSError) as error:
        if isinstance(error, OSError) and error.errno == 28:
            raise
        raise Obstacle("this file is not a backup of Zhitong, or it is damaged") from error


def _keys(folder: Path, passphrase: str) -> Path:
    """The keys that belong to the backup: those in it, or the ones of this instance."""
    sealed = folder / KEYS
    if sealed.exists() and passphrase:
        unseal(sealed.read_bytes(), passphrase, folder / "keys")
        return folder / "keys"
    return Path(settings.DATA) / "keys"


def _try_out(opened: Opened, *, audit: bool) -> None:
    with store().tried_out(opened.folder) as (rows, where):
        for table in sorted(set(rows) | set(opened.manifest.rows)):
            if rows.get(table) != opened.manifest.rows.get(table):
                raise Obstacle(f"the backup is damaged: table {table} has not the rows it had")
        if audit:
            _verify_audit(opened, where)


def _verify_audit(opened: Opened, where: dict[str, str]) -> None:
    """Run ``zhitong audit verify`` on the unpacked copy, with the keys that belong to it.

    The copy stays as it is: what is put back later must be what was saved.
    """
    if not (opened.folder / "keys").exists():
        (opened.folder / "keys").symlink_to(opened.keys.resolve())
    done = subprocess.run(
        [sys.executable, "-m", "zhitong.config.cli", "audit", "verify", "--as-is"],
        env={**os.environ, **where, "ZHITONG_DATA": str(opened.folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        words = (done.stdout + done.stderr).strip().splitlines() or ["no reason given"]
        raise Obstacle(f"the audit log in this copy does not verify: {words[0]}")
