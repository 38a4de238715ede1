"""Who is acting, how far they reach, with which permits, and what for."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from uuid import UUID

from zhitong.kernel.errors import Denied


class NoScope(RuntimeError):
    """Guarded data was touched while nobody was acting. Always a programming error."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The rows a scope can see: the union of what its three parts cover.

    ``subtrees`` are area paths, each ending in ``/`` (so that ``37/14/03/`` never covers
    ``37/14/030/``); ``own`` is the key of the resident whose rows these are; ``link`` is the
    digest of one capability link, such as the tracking code of a single matter.
    """

    subtrees: tuple[str, ...] = ()
    own: str = ""
    link: str = ""

    def __post_init__(self) -> None:
        for root in self.subtrees:
            if not root.endswith("/"):
                raise ValueError(f"a path ends in '/': {root!r}")

    def covers(self, *, path: str, own: str = "", link: str = "") -> bool:
        """Whether a row with these marks lies within reach."""
        return (
            any(path.startswith(root) for root in self.subtrees)
            or bool(self.own and own == self.own)
            or bool(self.link and link == self.link)
        )


@dataclass(frozen=True, slots=True)
class Scope:
    """One actor at work.

    ``actor`` is ``staff:<id>``, ``resident:<id>``, ``client:<id>``, ``link``, ``public`` or
    ``system:<name>``; ``label`` is how people see the actor (post and name); ``posts`` are the
    posts held; ``purpose`` says what for and goes into every audit entry.
    """

    actor: str
    reach: Reach
    permits: frozenset[str]
    purpose: str
    label: str = ""
    posts: tuple[UUID, ...] = ()

    def require(self, permit: str) -> None:
        """Raise Denied unless the scope holds the permit."""
        if permit not in self.permits:
            raise Denied(reason=permit)

    def lent(self, permits: frozenset[str]) -> "Scope":
        """The same actor, holding these permits as well for as long as one action runs."""
        return replace(self, permits=self.permits | permits) if permits - self.permits else self


_acting: ContextVar[Scope | None] = ContextVar("acting", default=None)


def current() -> Scope:
    """The scope that is acting now. Raises NoScope when there is none."""
    scope = _acting.get()
    if scope is None:
        raise NoScope("nobody is acting: open a scope with acting(...)")
    return scope


def current_or_none() -> Scope | None:
    """The acting scope, or None: for walls and logs, which must not fail without one."""
    return _acting.get()


@contextmanager
def acting(scope: Scope) -> Iterator[Scope]:
    """Act in this scope for the length of the block."""
    token = _acting.set(scope)
    try:
        yield scope
    finally:
        _acting.reset(token)
