"""``zhitong audit``."""

from argparse import ArgumentParser
from pathlib import Path

from zhitong.config.cli.command import Command, common


def _arguments(parser: ArgumentParser) -> None:
    whats = parser.add_subparsers(title="what", dest="what", metavar="WHAT", required=True)
    verify = whats.add_parser(
        "verify", help="check every entry, tile and signed head", parents=[common()]
    )
    verify.add_argument("--all", action="store_true", help="print more than the first 20 problems")
    verify.add_argument(
        "--as-is", action="store_true", help="write nothing; entries may wait for their place"
    )
    verify.add_argument("--json", action="store_true", help="print one JSON object")
    verify.add_argument(
        "--head", type=Path, metavar="FILE", help="a witness file kept elsewhere, to hold against"
    )
    prove = whats.add_parser(
        "prove", help="print the proof that an entry is in the log", parents=[common()]
    )
    prove.add_argument("entry", help="id of the entry (a UUID)")
    consistency = whats.add_parser(
        "consistency", help="prove that the log only grew since a size", parents=[common()]
    )
    consistency.add_argument("old", type=int, help="number of entries at the earlier time")
    consistency.add_argument("new", type=int, nargs="?", help="number at the later time (now)")
    export = whats.add_parser(
        "export", help="write the log so that a stranger can verify it", parents=[common()]
    )
    export.add_argument("folder", type=Path, metavar="FOLDER", help="a new or empty folder")
    erase = whats.add_parser(
        "erase", help="erase the content of an entry; proofs stay valid", parents=[common()]
    )
    erase.add_argument("entry", help="id of the entry (a UUID)")
    erase.add_argument("--reason", required=True, help="why; is recorded")


AUDIT = Command(
    name="audit",
    summary="Verify, prove, export or erase in the log of who did and read what.",
    text="""\
The log is a Merkle tree with signed heads (RFC 6962 hashing). `verify` names the exact entry
that was changed, dropped, inserted or moved.""",
    work="zhitong.config.jobs.audit:audit",
    arguments=_arguments,
)
