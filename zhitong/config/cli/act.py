"""``zhitong act``."""

from argparse import ArgumentParser

from zhitong.config.cli.command import Command


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", metavar="NAME", help="the action, such as loop.answer")
    parser.add_argument("values", nargs="*", metavar="key=value", help="its arguments")
    parser.add_argument("--list", action="store_true", help="list every action and its arguments")
    who = parser.add_mutually_exclusive_group()
    who.add_argument(
        "--as", dest="account", metavar="USER", help="act as this account, with its permits"
    )
    who.add_argument(
        "--reach", metavar="PATH", help="act as the command line itself, within this area path"
    )
    parser.add_argument("--purpose", default="", help="what for; goes into the audit log")


ACT = Command(
    name="act",
    summary="Run any action, in a given scope; it is checked and recorded like any other.",
    text="""\
Examples:
  zhitong act --list
  zhitong act loop.answer matter=0190… text='The lamp is mended.' --as wang --purpose 'phoned in'
  zhitong act bus.retry delivery=17 reason='gateway is back' --reach 37/14/03/ --purpose repair

Values are read as the type that the action asks for; a list or an object is written as JSON;
key=@FILE takes the value from a file. The result is printed as JSON.""",
    work="zhitong.config.jobs.act:act",
    arguments=_arguments,
)
