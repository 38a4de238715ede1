"""The work of ``zhitong act``: any action, its arguments read from words."""

import inspect
import json
import sys
import typing
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from zhitong.config.jobs.who import as_account, as_command_line
from zhitong.config.obstacles import Obstacle
from zhitong.kernel.actions import ACTIONS, Action
from zhitong.kernel.scope import Scope, acting

PLAIN = (str, bytes)


def act(options: Namespace) -> int:
    """List the actions, or run one and print what it returns as JSON."""
    if options.list:
        for one in sorted(ACTIONS.values(), key=lambda known: known.name):
            sys.stdout.write(f"{_usage(one)}\n    {one.describe}\n")
        return 0
    action = ACTIONS.get(options.name or "")
    if action is None:
        raise Obstacle("name an action; `zhitong act --list` shows all of them")
    values = arguments(action, options.values)
    with acting(_scope(options, action)):
        result = action.run(**values)
    sys.stdout.write(f"{json.dumps(result, default=str, ensure_ascii=False)}\n")
    return 0


def _scope(options: Namespace, action: Action) -> Scope:
    if not options.purpose:
        raise Obstacle("say what for, with --purpose; it goes into the audit log")
    if options.account:
        return as_account(options.account, options.purpose)
    if options.reach is None:
        raise Obstacle("say who acts: --as USER, or --reach PATH for the command line itself")
    path = (
        options.reach if not options.reach or options.reach.endswith("/") else f"{options.reach}/"
    )
    return as_command_line(action.name, path=path, purpose=options.purpose)


def _usage(action: Action) -> str:
    parts = []
    for parameter in action.signature.parameters.values():
        kind = inspect.formatannotation(parameter.annotation).replace("zhitong.", "")
        optional = parameter.default is not inspect.Parameter.empty
        parts.append(f"[{parameter.name}={kind}]" if optional else f"{parameter.name}={kind}")
    return " ".join([action.name, *parts])


def arguments(action: Action, words: Sequence[str]) -> dict[str, Any]:
    """The keyword arguments of an action. Raises Obstacle that names what does not fit."""
    hints = typing.get_type_hints(action.run)
    known = action.signature.parameters
    found: dict[str, Any] = {}
    for word in words:
        name, equals, text = word.partition("=")
        if not equals or name not in known:
            raise Obstacle(f"{word!r} does not fit; it takes: {_usage(action)}")
        found[name] = _read(name, _content(text), hints.get(name, str))
    missing = [
        name
        for name, parameter in known.items()
        if parameter.default is inspect.Parameter.empty and name not in found
    ]
    if missing:
        raise Obstacle(f"missing: {', '.join(missing)}; it takes: {_usage(action)}")
    return found


def _content(text: str) -> str:
    return Path(text[1:]).read_text("utf-8") if text.startswith("@") else text


def _read(name: str, text: str, kind: Any) -> Any:
    """A value of the type that the action asks for; lists and objects are written as JSON."""
    adapter: TypeAdapter[Any] = TypeAdapter(kind)
    try:
        if text[:1] in "[{" and kind not in PLAIN:
            return adapter.validate_json(text)
        return adapter.validate_python(text)
    except ValidationError as error:
        raise Obstacle(f"{name}={text!r} does not fit: {error.errors()[0]['msg']}") from error
