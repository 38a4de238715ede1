"""Putting a verified backup in the place of what is there."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from zhitong.config.backup.making import make
from zhitong.config.backup.stores import store
from zhitong.config.backup.verifying import Opened, verified
from zhitong.config.obstacles import Obstacle
from zhitong.kernel.audit.restoring import Restore, declare_restore

Say = Callable[[str], None]


def put_back(file: Path, *, replace: bool, say: Say, passphrase: str = "") -> Restore | None:
    """Restore a backup; returns what the audit log had to admit, if anything.

    What is there is replaced only when asked for, and is backed up first. Raises Obstacle.
    """
    if not file.is_file():
        raise Obstacle(f"{file} does not exist")
    occupied = store().holds_data()
    if occupied and not replace:
        raise Obstacle(
            "there is a database already: use an empty --data folder, or --replace, which makes "
            "a backup of it first"
        )
    say("verifying the backup …")
    with verified(file, passphrase=passphrase) as opened:
        if occupied:
            say("making a backup of what is here …")
            place = Path(settings.DATA) / "backups"
            say(f"verified backup: {make(place, reason='before a restore', say=say)}")
        say("restoring …")
        _place(opened)
    call_command("migrate", verbosity=0, interactive=False)
    admitted = declare_restore(
        actor="system:restore", label=_person(), purpose=f"restored {file.name}"
    )
    connection.close()
    return admitted


def _place(opened: Opened) -> None:
    """Keys first: a database without its keys would be of no use. Other keys are set aside."""
    data = Path(settings.DATA)
    if opened.keys != data / "keys":
        (data / "keys").replace(data / f"keys-before-{opened.manifest.fingerprint}")
        _copy(opened.keys, data / "keys")
    for name in ("audit", "media"):
        if (opened.folder / name).is_dir() and not (name == "audit" and (data / name).exists()):
            _copy(opened.folder / name, data / name)
    store().put_back(opened.folder)


def _copy(source: Path, target: Path) -> None:
    shutil.copytree(source, target, dirs_exist_ok=True)
    if target.name == "keys":
        target.chmod(0o700)
        for path in target.iterdir():
            path.chmod(0o600)


def _person() -> str:
    return os.environ.get("SUDO_USER") or os.environ.get("USER") or f"uid {os.getuid()}"
