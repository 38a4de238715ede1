"""Work that the lead asks of colleagues at other posts. The lead answers for the whole."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from zhitong.loop.domain.lifecycle import Verb

MOST_OPEN = 20
"""Open tasks that one matter may have."""


class TaskState(StrEnum):
    """How a task stands."""

    OPEN = "open"
    DONE = "done"
    DECLINED = "declined"
    CANCELLED = "cancelled"  # by the lead


def fits(due_on: date, *, today: date, end_on: date | None) -> bool:
    """Whether a task may be due on this day: not before today, and within the matter's own time.

    What is late already leaves today.
    """
    return today <= due_on <= max(end_on or today, today)


def open_tasks(told: Iterable[tuple[str, Mapping[str, Any]]]) -> int:
    """How many tasks are open, from (verb, data) of every step, oldest first."""
    known: set[str] = set()
    for verb, data in told:
        if verb == Verb.SET_TASK:
            known.add(str(data.get("task", "")))
        elif verb == Verb.END_TASK:
            known.discard(str(data.get("task", "")))
    return len(known)
