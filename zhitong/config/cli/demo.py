"""``zhitong demo``."""

from argparse import ArgumentParser

from zhitong.config.cli.command import Command


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "what",
        choices=["load", "reset"],
        help="load: fill an empty database; reset: delete ALL data here, then load",
    )
    parser.add_argument("--yes", action="store_true", help="reset without asking")


DEMO = Command(
    name="demo",
    summary="Load or reset the demo county: real places, invented people.",
    text="""\
Lingcheng with its 13 townships and 690 villages, police offices, staff, and a few hundred
matters over 90 days. The same every time. `reset` deletes a demo only, and needs the
server to be stopped.""",
    work="zhitong.config.jobs.demo:demo",
    arguments=_arguments,
)
