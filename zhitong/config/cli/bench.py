"""``zhitong bench``."""

from argparse import REMAINDER, ArgumentParser

from zhitong.config.cli.command import Command


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "name", nargs="?", metavar="NAME", help="which benchmark; without: list them"
    )
    parser.add_argument(
        "rest", nargs=REMAINDER, metavar="…", help="--json, --quick, and what it needs"
    )


BENCH = Command(
    name="bench",
    summary="Measure one thing on this machine and print the figures.",
    text="""\
Progress goes to stderr. The last line on stdout is one JSON object with the keys bench,
figures, machine, commit and seconds; with --json it is the only one. --quick measures less and
ends within 50 seconds. Benchmarks work in folders and databases of their own.""",
    work="bench.runner:bench",
    arguments=_arguments,
    on_data=False,
)
