"""The one clock. Everything that asks for the time asks here, so that a test can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_set: ContextVar[datetime | None] = ContextVar("set_clock", default=None)


def now() -> datetime:
    """The present instant, in UTC."""
    return _set.get() or datetime.now(UTC)


@contextmanager
def clock_at(instant: datetime) -> Iterator[None]:
    """Let ``now()`` say ``instant`` within the block, for simulation and the demo's history.

    Raises ValueError for a time without a zone.
    """
    if instant.tzinfo is None:
        raise ValueError("a time without a zone is no instant")
    token = _set.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _set.reset(token)
