"""What a command of ``zhitong`` is: words for its help, its arguments, and where its work lives.

Help must not need a database, keys or a data folder, so a command only names its work; it is
imported when the command runs and Django is set up.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass

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
