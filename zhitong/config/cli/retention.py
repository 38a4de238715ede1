"""``zhitong retention``."""

from argparse import ArgumentParser

from zhitong.config.cli.command import Command, common


def _arguments(parser: ArgumentParser) -> None:
    whats = parser.add_subparsers(title="what", dest="what", metavar="WHAT", required=True)
    plan = whats.add_parser(
        "plan", help="how many rows of each table would go, and why", parents=[common()]
    )
    plan.add_argument("--on", metavar="DATE", help="as things stand on that day (YYYY-MM-DD)")
    plan.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    run = whats.add_parser("run", help="do tonight's work now", parents=[common()])
    run.add_argument(
        "--seconds", type=float, default=86_400.0, help="stop after so many seconds; go on later"
    )


RETENTION = Command(
    name="retention",
    summary="See what is kept longer than it may be, and let it go.",
    text="""\
`plan` changes nothing. `run` does what the worker does every night: what is over is removed or
emptied, then the database is written anew, so that no byte of it stays. Others wait while it is
written, so choose a quiet hour. Backups made before keep what they hold until they are deleted.""",
    work="zhitong.config.jobs.retention:retention",
    arguments=_arguments,
)
