"""``zhitong keys``."""

from argparse import ArgumentParser

from zhitong.config.cli.command import Command


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("what", choices=["rotate"], help="rotate: seal everything with a new key")


KEYS = Command(
    name="keys",
    summary="Change the key that seals phone numbers, names and addresses.",
    text="""\
Run it twice: the first run makes a new key and seals everything again; the second, a quarter
of an hour later or more, destroys the old key. Backups made before need the keys of then.""",
    work="zhitong.config.jobs.keys:keys",
    arguments=_arguments,
)
