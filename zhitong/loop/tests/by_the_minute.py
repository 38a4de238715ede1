"""A second clock, written without a look at the first: it counts every single minute."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from zhitong.kernel.clock.domain import BusinessCalendar
from zhitong.loop.domain.clock import Event, Kind
from zhitong.loop.domain.policy import Limit, Target
from zhitong.loop.tests.clocks import POLICY

MINUTE = timedelta(minutes=1)
Shown = tuple[Target, bool, bool, timedelta]


@dataclass
class Counter:
    """What is left of one promise."""

    target: Target
    limit: Limit
    left: timedelta
    open: bool = True
    late: bool = False


class Minutes:
    """Walks through a life minute by minute. Knows nothing of merging and of other terms."""

    def __init__(self, events: list[Event], office: BusinessCalendar, until: datetime) -> None:
        self.office = office
        _name, self.terms = POLICY.named(events[0].terms)
        self.counters = [self.counter(target) for target in Target]
        self.pause_left = timedelta()
        self.waiting = self.over = False
        self.waits = 0
        minute = events[0].at
        waiting_events = events[1:]
        while True:
            while waiting_events and waiting_events[0].at == minute:
                self.stop_waiting_if_over()
                self.happen(waiting_events.pop(0).kind)
            if minute == until:
                return
            self.pass_minute(minute)
            minute += MINUTE

    def debts(self) -> list[Shown]:
        """Each promise: whether it was broken, whether it is still owed, and what is left."""
        return [(each.target, each.late, each.open, each.left) for each in self.counters]

    def counter(self, target: Target) -> Counter:
        limit = self.terms.limit(target)
        return Counter(target, limit, limit.amount)

    def stop_waiting_if_over(self) -> None:
        if self.waiting and not self.pause_left:
            self.waiting = False

    def pass_minute(self, minute: datetime) -> None:
        self.stop_waiting_if_over()
        works = self.office.is_working(minute)
        for each in self.counters:
            if not each.open or (self.waiting and each.target is Target.RESOLUTION):
                continue
            if not each.left:
                each.late = True
            elif works or not each.limit.working:
                each.left -= MINUTE
        if self.waiting and (works or not self.terms.pause.working):
            self.pause_left -= MINUTE

    def happen(self, kind: Kind) -> None:
        if self.over and kind is not Kind.REOPENED:
            return
        if kind in {Kind.TAKEN, Kind.CLOSED}:
            self.finish(Target.DISPATCH)
        if kind in {Kind.ASKED, Kind.ANSWERED, Kind.CLOSED}:
            self.finish(Target.RESPONSE)
        if kind in {Kind.CLOSED, Kind.WITHDRAWN}:
            self.finish(*Target)
            self.over = True
        if kind in {Kind.SAID, Kind.ANSWERED, Kind.CLOSED, Kind.WITHDRAWN, Kind.REOPENED}:
            self.waiting = False
        if kind is Kind.ROUTED and not self.owed(Target.DISPATCH):
            self.counters.append(self.counter(Target.DISPATCH))
        if kind is Kind.ASKED:
            self.ask()
        if kind is Kind.REOPENED:
            self.again()

    def ask(self) -> None:
        if not self.waiting and self.waits < self.terms.pauses:
            self.waiting = True
            self.pause_left = self.terms.pause.amount
            self.waits += 1

    def again(self) -> None:
        self.over, self.waits = False, 0
        for target in (Target.RESPONSE, Target.RESOLUTION):
            if not self.owed(target):
                self.counters.append(self.counter(target))

    def finish(self, *targets: Target) -> None:
        for each in self.counters:
            if each.target in targets:
                each.open = False

    def owed(self, target: Target) -> bool:
        return any(each.open and each.target is target for each in self.counters)
