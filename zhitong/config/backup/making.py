"""Making a backup that has been read back before anybody is told that it exists."""

import os
import shutil
import tarfile
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from zhitong import __version__
from zhitong.config.backup.manifest import Manifest, hashes
from zhitong.config.backup.sealing import fingerprint, seal
from zhitong.config.backup.stores import store
from zhitong.config.backup.verifying import verified
from zhitong.config.obstacles import Obstacle

Say = Callable[[str], None]
KEYS = "keys.sealed"
LEVEL = 3  # of gzip: pictures do not shrink, the database does quickly


def make(place: Path, *, reason: str, say: Say, passphrase: str = "", audit: bool = True) -> Path:
    """Write a backup to a file, or into a folder under a name of its own; return the file.

    It is verified before it gets its name, so that an interrupted or damaged copy never looks
    like a backup. ``audit=False`` leaves the audit log's proof out, for a database that is
    older than this code. Raises Obstacle.
    """
    target = place if place.suffix else place / f"zhitong-{_stamp()}.tar.gz"
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if target.exists():
        raise Obstacle(f"{target} exists already: choose another name")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as scratch:
        content = Path(scratch) / "content"
        content.mkdir()
        say("copying …")
        _collect(content, reason=reason, passphrase=passphrase)
        draft = Path(scratch) / target.name
        _pack(content, draft)
        shutil.rmtree(content)
        say("verifying the copy …")
        with verified(draft, passphrase=passphrase, audit=audit):
            draft.replace(target)
    return target


def _stamp() -> str:
    return datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")


def _collect(content: Path, *, reason: str, passphrase: str) -> None:
    """The witness first and the database next: the log may only be longer than its witness.

    Pictures come last: they are written before the row that names them, and never changed.
    """
    data = Path(settings.DATA)
    for name in ("audit",):
        _copy_folder(data / name, content / name)
    database = store()
    rows = database.copy(content)
    _copy_folder(data / "media", content / "media")
    if passphrase:
        (content / KEYS).write_bytes(seal(data / "keys", passphrase))
    Manifest(
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        reason=reason,
        version=__version__,
        engine=database.engine,
        county=settings.COUNTY,
        keys="sealed" if passphrase else "kept elsewhere",
        fingerprint=fingerprint(data / "keys"),
        migrations=sorted(map(".".join, MigrationRecorder(connection).applied_migrations())),
        rows=rows,
        files=hashes(content),
    ).write(content)


def _copy_folder(source: Path, target: Path) -> None:
    """Copy files; one that is deleted meanwhile was not needed any more."""
    for path in sorted(source.rglob("*")) if source.is_dir() else ():
        if path.is_file():
            place = target / path.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                shutil.copyfile(path, place)
            except FileNotFoundError:
                place.unlink(missing_ok=True)


def _pack(content: Path, draft: Path) -> None:
    with open(draft, "xb", opener=_owner_only) as file:
        with tarfile.open(fileobj=file, mode="w:gz", compresslevel=LEVEL) as tar:
            for path in sorted(content.iterdir()):
                tar.add(path, path.name)
        file.flush()
        os.fsync(file.fileno())


def _owner_only(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)
