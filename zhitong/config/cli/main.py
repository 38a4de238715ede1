"""Reading the command line, setting up Django, and saying failures in one line."""

import os
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from importlib import import_module

import django
from django.utils import translation

from zhitong import __version__
from zhitong.config import obstacles
from zhitong.config.cli.act import ACT
from zhitong.config.cli.areas import AREAS
from zhitong.config.cli.audit import AUDIT
from zhitong.config.cli.backup import BACKUP, RESTORE
from zhitong.config.cli.bench import BENCH
from zhitong.config.cli.clock import CLOCK
from zhitong.config.cli.command import Command, Work, common
from zhitong.config.cli.demo import DEMO
from zhitong.config.cli.doctor import DOCTOR
from zhitong.config.cli.keys import KEYS
from zhitong.config.cli.outbox import OUTBOX
from zhitong.config.cli.retention import RETENTION
from zhitong.config.cli.serve import MIGRATE, SERVE, WORK

COMMANDS: tuple[Command, ...] = (
    SERVE, WORK, MIGRATE, DOCTOR, BACKUP, RESTORE, DEMO, AREAS, ACT, CLOCK, AUDIT, KEYS, OUTBOX,
    RETENTION, BENCH,
)  # fmt: skip
ABOUT = """\
Zhitong 直通: what residents say goes to the police office that owns it, gets a due time,
is answered, and is rated by the person who said it.

Start with `zhitong serve`, then open the address it prints.
"""
SETTINGS_MODULE = "zhitong.config.settings"


def parser() -> ArgumentParser:
    """The whole command line."""
    top = ArgumentParser("zhitong", description=ABOUT, formatter_class=RawDescriptionHelpFormatter)
    top.add_argument("--version", action="version", version=f"zhitong {__version__}")
    verbs = top.add_subparsers(title="commands", dest="command", metavar="COMMAND", required=True)
    for command in COMMANDS:
        one = verbs.add_parser(
            command.name,
            help=command.summary,
            description=f"{command.summary}\n\n{command.text}",
            formatter_class=RawDescriptionHelpFormatter,
            parents=[common()],
        )
        one.set_defaults(work=command.work, on_data=command.on_data)
        command.arguments(one)
    return top


def main(words: Sequence[str] | None = None) -> int:
    """Run one command. Returns its exit code: 0 done, 1 an obstacle, 2 wrong words, 70 a fault."""
    options = parser().parse_args(words)
    settle(options)
    try:
        if options.on_data:
            django.setup()
            speak()
        return work_of(options)(options) or 0
    except (Exception, KeyboardInterrupt) as error:
        if getattr(options, "debug", False):
            raise
        code, line = obstacles.explain(error)
        sys.stderr.write(f"zhitong {options.command}: {line}\n")
        return code


def settle(options: Namespace) -> None:
    """Put what the command line says into the environment, where the settings read it."""
    given = {
        "ZHITONG_DATA": getattr(options, "data", None),
        "ZHITONG_DATABASE_URL": getattr(options, "database", None),
        "ZHITONG_PORT": getattr(options, "port", None),
        "ZHITONG_DEMO": "1" if getattr(options, "demo", False) else None,
    }
    os.environ.update({name: str(value) for name, value in given.items() if value is not None})
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS_MODULE)


def speak() -> None:
    """Refusals are said in the language of the terminal."""
    tongue = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    translation.activate("zh-hans" if tongue.startswith("zh") else "en")


def work_of(options: Namespace) -> Work:
    """The function behind a command."""
    module, _, name = str(options.work).partition(":")
    work: Work = getattr(import_module(module), name)
    return work
