"""What a database session is told about the acting scope."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from zhitong.kernel.scope import current_or_none

_beyond: ContextVar[bool] = ContextVar("beyond", default=False)
NOTHING = ("", "", "", "")


def told() -> tuple[str, str, str, str]:
    """Subtrees (comma-separated), own key, link digest, and 'on' beyond every reach."""
    if _beyond.get():
        return ("", "", "", "on")
    scope = current_or_none()
    if scope is None:
        return NOTHING
    return (",".join(scope.reach.subtrees), scope.reach.own, scope.reach.link, "")


@contextmanager
def beyond_reach() -> Iterator[None]:
    """Let the second wall down for maintenance: key rotation, retention, backup, migrations.

    The first wall, the guarded manager, stays up: such code uses ``Model.unguarded``, which an
    architecture test keeps to the few modules that need it.
    """
    token = _beyond.set(True)
    try:
        yield
    finally:
        _beyond.reset(token)
