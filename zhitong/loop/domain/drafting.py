"""What somebody writes before it is said."""

from enum import StrEnum


class Box(StrEnum):
    """Where it is written: what one box holds never appears in another."""

    ANSWER = "answer"  # for the resident to read
    NOTE = "note"  # for colleagues
    WAITING = "waiting"  # an answer that goes out by itself at its time


def joined(there: str, back: str) -> str:
    """A text that comes back, put below what was begun meanwhile; said once if it is the same."""
    if not there.strip() or there.strip() == back.strip():
        return back
    return f"{there.rstrip()}\n\n{back}"
