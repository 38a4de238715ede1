"""From a matter's timeline to what its clock hears."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from zhitong.loop.domain.clock import Event, Kind
from zhitong.loop.domain.lifecycle import Verb
from zhitong.loop.domain.merging import Told, told_as_they_count

TERMS = "terms"
"""Under this name a step keeps the terms that hold from it on."""

KIND_OF: dict[Verb, Kind] = {
    Verb.OPEN: Kind.OPENED,
    Verb.TAKE: Kind.TAKEN,
    Verb.REASSIGN: Kind.ROUTED,
    Verb.RECLASSIFY: Kind.RETERMED,
    Verb.ASK: Kind.ASKED,
    Verb.ADD: Kind.SAID,
    Verb.ANSWER: Kind.ANSWERED,
    Verb.CLOSE: Kind.CLOSED,
    Verb.REFUSE: Kind.CLOSED,
    Verb.REOPEN: Kind.REOPENED,
    Verb.WITHDRAW: Kind.WITHDRAWN,
    Verb.MERGE: Kind.MERGED,
    Verb.UNMERGE: Kind.UNMERGED,
}
"""Notes, corrected places, work asked of colleagues and verdicts change nothing about it."""


def event_of(verb: str, at: datetime, data: Mapping[str, Any]) -> Event | None:
    """What the clock hears of one step, or None."""
    kind = KIND_OF.get(Verb(verb))
    return Event(at, kind, str(data.get(TERMS, ""))) if kind else None


def terms_of(events: Iterable[Event]) -> str:
    """The terms that hold after all these events, '' for the ordinary ones."""
    named = [event.terms for event in events if event.terms]
    return named[-1] if named else ""


def events_of(steps: Iterable[Told]) -> list[Event]:
    """What the clock hears of a timeline: (verb, at, data) of every step, in any order.

    A merge that was undone is left out: the clock hears nothing of it.
    """
    heard = (event_of(*step) for step in told_as_they_count(steps))
    return [event for event in heard if event is not None]
