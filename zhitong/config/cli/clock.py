"""``zhitong clock``."""

from argparse import ArgumentParser

from zhitong.config.cli.command import Command, common


def _arguments(parser: ArgumentParser) -> None:
    whats = parser.add_subparsers(title="what", dest="what", metavar="WHAT", required=True)
    explain = whats.add_parser(
        "explain", help="say what a matter owes, by when, and how it was counted",
        parents=[common()],
    )  # fmt: skip
    explain.add_argument("matter", metavar="MATTER", help="its code, such as 7Q4M-0ZKD")


CLOCK = Command(
    name="clock",
    summary="Explain when something is due, with the arithmetic.",
    text="""\
Everything is reckoned anew from the matter's steps, the working calendar and the promises it
was opened under. Opening the record is written into the audit log, as on the page.""",
    work="zhitong.config.jobs.clock:clock",
    arguments=_arguments,
)
