"""The work of ``zhitong demo``, and loading the demo county on the first start."""

import shutil
import sys
from argparse import Namespace
from pathlib import Path

from django.conf import settings

from zhitong.config.backup.stores import store
from zhitong.config.demo.load import is_demo, load
from zhitong.config.ground import check_folder, occupied
from zhitong.config.obstacles import Obstacle
from zhitong.config.serving.database import bring_up_to_date
from zhitong.kernel.identity.models import Account


def demo(options: Namespace) -> int:
    """Fill an empty database with the demo county, or delete everything and fill it again."""
    check_folder(settings.DATA)
    bring_up_to_date(_say)
    if options.what == "reset":
        with occupied(settings.DATA, alone=True):
            _reset(sure=options.yes)
            bring_up_to_date(_say)
            load(_say)
    else:
        load(_say)
    return 0


def _say(words: str) -> None:
    sys.stderr.write(f"zhitong: {words}\n")


def _reset(*, sure: bool) -> None:
    """Delete everything but keys and backups. Raises Obstacle unless this is a demo."""
    if not is_demo() and Account.objects.exists():
        raise Obstacle("this database is not a demo; nothing was deleted")
    if not sure:
        sys.stderr.write(f"ALL data in {settings.DATA} will be deleted. Type yes: ")
        sys.stderr.flush()
        if sys.stdin.readline().strip() != "yes":
            raise Obstacle("nothing was deleted")
    store().wipe()
    for name in ("media", "audit"):
        shutil.rmtree(Path(settings.DATA) / name, ignore_errors=True)
