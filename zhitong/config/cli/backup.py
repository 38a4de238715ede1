"""``zhitong backup`` and ``zhitong restore``."""

from argparse import ArgumentParser
from pathlib import Path

from zhitong.config.cli.command import Command


def _secret(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--passphrase-file",
        metavar="FILE",
        type=Path,
        help="file whose first line is the passphrase that seals the keys",
    )


def _backup(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar="FILE",
        help="where to write (default: DATA/backups/zhitong-<time>.tar.gz)",
    )
    _secret(parser)


def _restore(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a file made by `zhitong backup`")
    parser.add_argument(
        "--replace",
        action="store_true",
        help="there is data already: back it up first, then replace it",
    )
    _secret(parser)


BACKUP = Command(
    name="backup",
    summary="Write a consistent, verified copy of database and pictures while all keeps running.",
    text="""\
The copy is opened again before the command ends: checksums, integrity of the database, row
counts and the whole audit log are checked. Sealed phone numbers and names open only with the
keys in DATA/keys. With --passphrase-file they go into the copy, sealed by the passphrase;
without it they stay out, and you keep a copy of DATA/keys in another place yourself.""",
    work="zhitong.config.backup.commands:backup",
    arguments=_backup,
)
RESTORE = Command(
    name="restore",
    summary="Put a backup back into an empty data folder, and verify it there.",
    text="""\
Stop `zhitong serve` first. An existing database is touched only with --replace, and then a
backup of it is made before anything else. Nothing is changed when the file is damaged.""",
    work="zhitong.config.backup.commands:restore",
    arguments=_restore,
)
