"""Which fact is being heard: for listeners that pass facts on as they are."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Heard:
    """A fact as it was announced: its own id, its name, where and when it happened."""

    uid: UUID
    name: str
    path: str
    at: datetime


_heard: ContextVar[Heard | None] = ContextVar("heard", default=None)


def heard() -> Heard:
    """The fact whose listener is running. Raises RuntimeError when none is."""
    found = _heard.get()
    if found is None:
        raise RuntimeError("heard() outside a listener")
    return found


@contextmanager
def hearing(fact: Heard) -> Iterator[None]:
    """Hear a fact for the length of the block."""
    token = _heard.set(fact)
    try:
        yield
    finally:
        _heard.reset(token)
