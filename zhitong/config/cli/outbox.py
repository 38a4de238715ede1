"""``zhitong outbox``."""

from argparse import ArgumentParser

from zhitong.config.cli.command import Command, common


def _arguments(parser: ArgumentParser) -> None:
    whats = parser.add_subparsers(title="what", dest="what", metavar="WHAT", required=True)
    whats.add_parser(
        "status",
        help="what is waiting, what is stuck, who missed facts of the past",
        parents=[common()],
    )
    backfill = whats.add_parser(
        "backfill", help="owe past facts to a listener that came later", parents=[common()]
    )
    backfill.add_argument("listener", help="its name, as `zhitong outbox status` prints it")
    backfill.add_argument(
        "--since", metavar="DATE", help="only facts from this day on (YYYY-MM-DD)"
    )
    backfill.add_argument("--reason", required=True, help="why; is recorded")


OUTBOX = Command(
    name="outbox",
    summary="See what facts wait for delivery, and owe past facts to a new listener.",
    text="""\
Dead letters are shown on the page /outbox; there, or with `zhitong act bus.retry` and
`zhitong act bus.skip`, they are tried again or passed over.""",
    work="zhitong.config.jobs.outbox:outbox",
    arguments=_arguments,
)
