"""``zhitong areas``."""

from argparse import ArgumentParser
from pathlib import Path

from zhitong.config.cli.command import Command


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("what", choices=["import"], help="import: read areas from a file")
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="CSV with the columns code and name"
    )


AREAS = Command(
    name="areas",
    summary="Import areas: counties, townships and villages by their official codes.",
    text="""\
All or nothing: a bad row is named with its line number and nothing is changed. Importing
again changes only what differs; codes that are gone are retired, never deleted.""",
    work="zhitong.config.jobs.areas:areas",
    arguments=_arguments,
)
