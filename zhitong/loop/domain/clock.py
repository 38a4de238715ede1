"""When something is due, as a pure function of what has happened.

A matter owes the resident three things: that somebody takes it in hand (dispatch), a first
answer (response) and an end (resolution). Each has a limit, in working time or in hours of the
clock. While we wait for the resident the resolution stands still, for so long and so often as
the policy allows. Nothing is stored that this does not give again: the same events, calendar
and policy make the same clock, to the microsecond.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from zhitong.loop.domain.debts import Clock, State
from zhitong.loop.domain.policy import Policy, Target
from zhitong.loop.domain.reckoning import Calendar, Running, runs_out


class Kind(StrEnum):
    """What the clock hears."""

    OPENED = "opened"
    TAKEN = "taken"
    ROUTED = "routed"  # passed on to another post; may bring other terms
    RETERMED = "retermed"  # the category was corrected: other terms, same owner
    ASKED = "asked"  # we asked the resident something and wait
    SAID = "said"  # any word of the resident
    ANSWERED = "answered"
    CLOSED = "closed"  # or refused with a reason: the resident was told the end
    WITHDRAWN = "withdrawn"
    REOPENED = "reopened"
    MERGED = "merged"
    UNMERGED = "unmerged"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. ``terms`` names the terms that hold from then on, '' = as before."""

    at: datetime
    kind: Kind
    terms: str = ""


MEETS: dict[Kind, tuple[Target, ...]] = {
    Kind.TAKEN: (Target.DISPATCH,),
    Kind.ASKED: (Target.RESPONSE,),
    Kind.ANSWERED: (Target.RESPONSE,),
    Kind.CLOSED: tuple(Target),
}
RESUMES = frozenset({Kind.SAID, Kind.ANSWERED})
ENDS = {Kind.CLOSED: State.ENDED, Kind.WITHDRAWN: State.ENDED, Kind.MERGED: State.MERGED}


def clock(events: Sequence[Event], calendar: Calendar, policy: Policy, *, at: datetime) -> Clock:
    """The clock at the instant ``at``; what happens later is not looked at.

    Raises ValueError unless the first event opens the matter.
    """
    heard = _without_undone(sorted((e for e in events if e.at <= at), key=_first_things_first))
    if not heard or heard[0].kind is not Kind.OPENED:
        raise ValueError("a clock starts when a matter is opened")
    ledger = _Ledger(calendar, policy, heard[0])
    for event in heard[1:]:
        ledger.hear(event)
    return ledger.read(at)


def _first_things_first(event: Event) -> tuple[datetime, bool]:
    """In order of time; nothing comes before the opening, however coarse the time is."""
    return event.at, event.kind is not Kind.OPENED


def _without_undone(events: list[Event]) -> list[Event]:
    """The events as if every merge that was undone had not happened."""
    kept: list[Event] = []
    for event in events:
        if event.kind is Kind.UNMERGED:
            last = max((n for n, e in enumerate(kept) if e.kind is Kind.MERGED), default=None)
            if last is not None:
                del kept[last]
        else:
            kept.append(event)
    return kept


class _Ledger:
    """Reckons event by event; all open debts have been reckoned up to ``reached``."""

    def __init__(self, calendar: Calendar, policy: Policy, opened: Event) -> None:
        self.calendar = calendar
        self.policy = policy
        self.reached = opened.at
        self.state = State.RUNNING
        self.round = 1
        self.pauses = 0
        self.waiting_until: datetime | None = None
        self.name, self.terms = policy.named(opened.terms)
        self.debts: list[Running] = []
        for target in Target:
            self._owe(target)

    def hear(self, event: Event) -> None:
        """Let the time run up to the event, then let it change what is owed."""
        self._run_to(event.at)
        if self.state is State.MERGED or (
            self.state is State.ENDED and event.kind is not Kind.REOPENED
        ):
            return
        if event.terms:
            self._swap(event.terms)
        self._meet(*MEETS.get(event.kind, ()))
        if event.kind in RESUMES:
            self.waiting_until = None
        if event.kind in ENDS:
            self._end(ENDS[event.kind])
        match event.kind:
            case Kind.ROUTED if not self._owes(Target.DISPATCH):
                self._owe(Target.DISPATCH)
            case Kind.ASKED:
                self._wait()
            case Kind.REOPENED:
                self._reopen()

    def read(self, at: datetime) -> Clock:
        """Let the time run up to ``at`` and say how everything stands."""
        self._run_to(at)
        waiting = self.state is State.RUNNING and self.waiting_until is not None
        debts = tuple(
            debt.settled(self.calendar, self._counts_from(debt, at)) for debt in self.debts
        )
        return Clock(at, State.WAITING if waiting else self.state, debts, self.waiting_until)

    def _run_to(self, at: datetime) -> None:
        for debt in self.debts:
            if debt.open:
                counts_from = min(self._counts_from(debt, self.reached), at)
                debt.rest(self.reached, counts_from)
                debt.count(self.calendar, counts_from, at)
        self.reached = at
        if self.waiting_until is not None and at >= self.waiting_until:
            self.waiting_until = None

    def _counts_from(self, debt: Running, at: datetime) -> datetime:
        """The first instant from ``at`` on that counts: only the resolution waits."""
        if debt.target is Target.RESOLUTION and self.waiting_until is not None:
            return max(self.waiting_until, at)
        return at

    def _owes(self, target: Target) -> bool:
        return any(debt.open and debt.target is target for debt in self.debts)

    def _owe(self, target: Target) -> None:
        limit = self.terms.limit(target)
        self.debts.append(Running(target, self.round, self.name, limit, self.reached, limit.amount))

    def _swap(self, name: str) -> None:
        self.name, self.terms = self.policy.named(name)
        for debt in self.debts:
            if debt.open:
                debt.swap(self.name, self.terms.limit(debt.target))

    def _meet(self, *targets: Target) -> None:
        for debt in self.debts:
            if debt.open and debt.target in targets:
                debt.met_at = self.reached

    def _wait(self) -> None:
        """Stand still, unless we wait already or have waited often enough in this round."""
        if self.waiting_until is None and self.pauses < self.terms.pauses:
            self.pauses += 1
            pause = self.terms.pause
            self.waiting_until = runs_out(self.calendar, pause, self.reached, pause.amount)

    def _end(self, state: State) -> None:
        for debt in self.debts:
            if debt.open:
                debt.dropped_at = self.reached
        self.waiting_until = None
        self.state = state

    def _reopen(self) -> None:
        """Another round. Time for the end that was not used up is not given again."""
        self.state = State.RUNNING
        self.round += 1
        self.pauses = 0
        self.waiting_until = None
        for target in (Target.RESPONSE, Target.RESOLUTION):
            if not self._owes(target):
                self._owe(target)
