"""Failures put into words that may be stored and shown: where it went wrong, never with what.

The text of an exception often quotes the data it stumbled over, and that data may be about
people. Kinds and places of failures carry no data.
"""

import traceback
from types import TracebackType
from typing import Self

from zhitong.kernel.errors import Refusal

OURS = "/zhitong/"
LONGEST = 400


class Attempt:
    """Run a block and keep its failure instead of raising it. Exits of the process pass through."""

    def __init__(self) -> None:
        self.error: Exception | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> bool:
        if isinstance(error, Exception):
            self.error = error
            return True
        return False


def describe(error: BaseException) -> str:
    """Kind and place of a failure and of what caused it, at most LONGEST characters."""
    parts: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(parts) < 4:
        parts.append(f"{_kind(seen)}{_place(seen)}")
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return " <- ".join(parts)[:LONGEST]


def _kind(error: BaseException) -> str:
    name = type(error).__qualname__
    return f"{name}[{error.reason}]" if isinstance(error, Refusal) else name


def _place(error: BaseException) -> str:
    """The innermost line of our own code, or of any code, that the failure passed."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if OURS in frame.filename] or list(frames)
    if not ours:
        return ""
    last = ours[-1]
    _, _, below = last.filename.rpartition(OURS)
    return f" at {below}:{last.lineno} in {last.name}"
