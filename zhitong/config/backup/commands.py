"""The work of ``zhitong backup`` and ``zhitong restore``."""

import sys
from argparse import Namespace
from pathlib import Path

from django.conf import settings

from zhitong.config.backup.making import make
from zhitong.config.backup.putting_back import put_back
from zhitong.config.backup.sealing import passphrase_in
from zhitong.config.backup.stores import store
from zhitong.config.ground import check_folder, occupied
from zhitong.config.obstacles import Obstacle


def say(words: str) -> None:
    """Progress, for people."""
    sys.stderr.write(f"zhitong: {words}\n")


def backup(options: Namespace) -> int:
    """Write a backup; its path is the only line on stdout."""
    if not store().holds_data():
        raise Obstacle(f"there is no database in {settings.DATA} yet")
    passphrase = passphrase_in(options.passphrase_file) if options.passphrase_file else ""
    place = options.file or Path(settings.DATA) / "backups"
    made = make(place, reason="on request", say=say, passphrase=passphrase)
    sys.stdout.write(f"{made}\n")
    if not passphrase:
        keys = Path(settings.DATA) / "keys"
        say(f"the keys are NOT in it: keep a copy of {keys} in another, safe place")
    return 0


def restore(options: Namespace) -> int:
    """Put a backup back."""
    passphrase = passphrase_in(options.passphrase_file) if options.passphrase_file else ""
    check_folder(settings.DATA)
    with occupied(settings.DATA, alone=True):
        admitted = put_back(options.file, replace=options.replace, say=say, passphrase=passphrase)
    if admitted is not None:
        say(
            f"the audit log says so: it goes on from entry {admitted.kept}; "
            f"{admitted.lost - admitted.kept} later ones were in what was replaced"
        )
    say("restored and verified; start with 'zhitong serve'")
    return 0
