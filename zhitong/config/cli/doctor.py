"""``zhitong doctor``."""

from argparse import ArgumentParser

from zhitong.config.cli.command import Command


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of text")


DOCTOR = Command(
    name="doctor",
    summary="Look at everything that can go wrong here and say what to do about it.",
    text="""\
Database and its settings as read back, SQLite's version, pending migrations, age of the
queue, dead letters, disk, clock, keys and their permissions, age of the audit log's signed
head, built assets, and on PostgreSQL the row-level wall.
Exit code 0: all is well or worth a look; 1: something is wrong.""",
    work="zhitong.config.doctor.report:doctor",
    arguments=_arguments,
)
