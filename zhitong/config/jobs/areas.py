"""The work of ``zhitong areas``."""

import sys
from argparse import Namespace

from zhitong.config.jobs.who import as_command_line
from zhitong.kernel.areas.actions import import_areas
from zhitong.kernel.areas.files import load
from zhitong.kernel.scope import acting


def areas(options: Namespace) -> int:
    """Import a table of areas and say what changed."""
    files = load(options.file)
    with acting(as_command_line("areas.import", purpose=f"import of {options.file.name}")):
        done = import_areas(files=files, progress=_progress)
    sys.stdout.write(
        f"{done.rows} areas: {done.created} new, {done.changed} changed, "
        f"{done.returned} returned, {done.retired} retired\n"
    )
    return 0


def _progress(done: int, total: int) -> None:
    sys.stderr.write(f"zhitong: {done} of {total} areas\n")
