"""What a command of ``zhitong`` is: words for its help, its arguments, and where its work lives.

Help must not need a database, keys or a data folder, so a command only names its work; it is
imported when the command runs and Django is set up.
"""

from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Arguments = Callable[[ArgumentParser], None]
Work = Callable[[Namespace], int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One verb of the command line. ``work`` is the dotted name of a function.

    ``on_data`` is False for work that leaves this instance's settings and data alone.
    """

    name: str
    summary: str
    text: str
    work: str
    arguments: Arguments
    on_data: bool = True


def none(parser: ArgumentParser) -> None:
    """A command without arguments of its own."""
    del parser


def common() -> ArgumentParser:
    """Options that every command understands, before and behind its second word."""
    shared = ArgumentParser(add_help=False, argument_default=SUPPRESS)
    group = shared.add_argument_group("options of every command")
    group.add_argument(
        "--data",
        metavar="FOLDER",
        type=Path,
        help="folder of the database, keys and pictures (else ZHITONG_DATA, else ./data)",
    )
    group.add_argument(
        "--database",
        metavar="URL",
        help="postgresql://user:password@host:port/name (else ZHITONG_DATABASE_URL, else "
        "SQLite in the data folder)",
    )
    group.add_argument("--debug", action="store_true", help="show the traceback of a failure")
    return shared
