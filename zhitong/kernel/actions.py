"""An action is the only way to change anything.

Every door - HTML form, JSON API, offline queue, network bridge, timer, command line - calls
the same function, so permit, transaction, facts and audit happen the same way.
"""

import inspect
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from zhitong.kernel.audit.entries import append
from zhitong.kernel.bus.emit import collecting
from zhitong.kernel.errors import Sentence
from zhitong.kernel.permits import permit
from zhitong.kernel.scope import Scope, acting, current

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Action:
    """A registered verb: its name is also the permit that it takes."""

    name: str
    describe: Sentence
    run: Callable[..., Any]
    signature: inspect.Signature
    lends: frozenset[str]


@dataclass(slots=True)
class _Note:
    """What the audit entry of the running action will say."""

    target: str = ""
    path: str = ""
    details: dict[str, Any] = field(default_factory=dict)


ACTIONS: dict[str, Action] = {}
_note: ContextVar[_Note | None] = ContextVar("note", default=None)


def acted_on(target: str, *, path: str, **details: object) -> None:
    """Tell the audit entry of the running action what was touched, where, and the telling facts.

    Details are few and small; sealed or confidential content never goes into them.
    """
    note = _note.get()
    if note is None:
        raise RuntimeError("acted_on() outside an action")
    note.target, note.path = target, path
    note.details.update(details)


def action(
    name: str, *, describe: Sentence, lends: frozenset[str] = frozenset(), quiet: bool = False
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a keyword-only function an action that takes the permit ``name``.

    ``lends`` are permits of other actions that this one may call on the actor's behalf: the
    inner action runs in the same transaction and scope and writes its own audit entry.
    ``quiet`` leaves no audit entry: only for traces that mean nothing a few minutes later,
    such as "still looking at this page".
    """

    def wrap(do: Callable[P, R]) -> Callable[P, R]:
        signature = _keyword_only(do)

        @wraps(do)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            scope = current()
            scope.require(name)
            nested = _note.get() is not None
            note = _Note()
            token = _note.set(note)
            try:
                with transaction.atomic(savepoint=not nested), collecting():
                    with acting(scope.lent(lends)):
                        result = do(*args, **kwargs)
                    if not quiet:
                        _write_down(name, scope, note)
                return result
            finally:
                _note.reset(token)

        if name in ACTIONS:
            raise ValueError(f"action {name!r} is registered twice")
        permit(name, describe)
        ACTIONS[name] = Action(name, describe, run, signature, lends)
        return run

    return wrap


def audited_read(*, action: str, target: str, path: str, purpose: str = "") -> None:
    """Write down that the acting scope looked at something. Needs the permit ``action``."""
    scope = current()
    scope.require(action)
    with transaction.atomic():
        _write_down(action, scope, _Note(target, path), purpose)


def _write_down(name: str, scope: Scope, note: _Note, purpose: str = "") -> None:
    append(
        action=name,
        actor=scope.actor,
        label=scope.label,
        target=note.target,
        path=note.path or next(iter(scope.reach.subtrees), ""),
        purpose=purpose or scope.purpose,
        details=note.details,
    )


def _keyword_only(do: Callable[..., Any]) -> inspect.Signature:
    signature = inspect.signature(do)
    for parameter in signature.parameters.values():
        if parameter.kind is not parameter.KEYWORD_ONLY:
            raise TypeError(f"{do.__qualname__}: {parameter.name} must be keyword-only")
    return signature
