"""``zhitong serve``, ``work`` and ``migrate``."""

from argparse import ArgumentParser

from zhitong.config.cli.command import Command, none


def _serve(parser: ArgumentParser) -> None:
    parser.add_argument("--port", type=int, help="port to listen on (else ZHITONG_PORT, else 8000)")
    parser.add_argument(
        "--demo",
        action="store_true",
        help="demo mode: load the demo county on the first start, allow the shared sign-ins",
    )


SERVE = Command(
    name="serve",
    summary="Start the web site and its workers; Ctrl-C stops everything.",
    text="""\
Prepares the data folder, makes a verified backup copy before an upgrade changes an older
database, brings the database up to date, then starts web and worker processes as one group
and prints the address. A process that dies is started again. With the main process gone,
however it went, the others leave by themselves.""",
    work="zhitong.config.serving.serve:serve",
    arguments=_serve,
)
WORK = Command(
    name="work",
    summary="Run one worker: deliver facts to their listeners, run what is due by the clock.",
    text="""\
`zhitong serve` starts workers by itself; this is for more of them, or for a machine of
their own with --database. Several may run at once: every delivery and every timer is done
by one of them. SIGTERM lets the current step finish and stops.""",
    work="zhitong.config.serving.work:work",
    arguments=none,
)
MIGRATE = Command(
    name="migrate",
    summary="Bring the database up to this version, after a verified backup copy.",
    text="""\
`zhitong serve` does this by itself. The copy is made only when an older database is about
to change; it lies in the folder 'backups' of the data folder.""",
    work="zhitong.config.serving.serve:migrate",
    arguments=none,
)
