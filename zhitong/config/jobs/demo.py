"""The work of ``zhitong demo``, and loading the demo county on the first start."""

import sys
from argparse import Namespace
from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command

from zhitong.config.obstacles import Obstacle
from zhitong.config.serving.database import bring_up_to_date
from zhitong.kernel.identity.models import Account

Say = Callable[[str], None]


def demo(options: Namespace) -> int:
    """Fill an empty database with the demo county, or delete everything and fill it again."""
    if not settings.DEMO:
        raise Obstacle("this is not a demo: set ZHITONG_DEMO=1 if it shall become one")
    bring_up_to_date(_say)
    if options.what == "reset":
        _reset(sure=options.yes)
    elif not is_empty():
        raise Obstacle("there are accounts already; `zhitong demo reset` deletes everything first")
    load_once(_say)
    return 0


def load_once(say: Say) -> None:
    """Load the demo county into an empty database; leave any other alone."""
    if is_empty():
        say("loading the demo county …")


def is_empty() -> bool:
    """Whether nobody serves here yet."""
    return not Account.objects.exists()


def _say(words: str) -> None:
    sys.stderr.write(f"zhitong: {words}\n")


def _reset(*, sure: bool) -> None:
    if not sure:
        sys.stderr.write(f"ALL data in {settings.DATA} will be deleted. Type yes: ")
        sys.stderr.flush()
        if sys.stdin.readline().strip() != "yes":
            raise Obstacle("nothing was deleted")
    call_command("flush", verbosity=0, interactive=False)
