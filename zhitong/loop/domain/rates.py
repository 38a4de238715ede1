"""The three rates, as a pure function of what happened to matters.

Response: was there a first answer in time? Resolution: did it end with what was wanted?
Satisfaction: what does the resident say? Each matter is judged by itself, from its steps and its
clock, under one version of the scheme; whatever is counted is a sum of such judgements, so that
parts make up the whole and every number can be followed to its matters.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Self

from zhitong.loop.domain.debts import Clock, Debt
from zhitong.loop.domain.lifecycle import Outcome, Stage, Verb
from zhitong.loop.domain.policy import Target

WHOLE = 100
"""The weight of a verdict that counts in full: weights are per cent."""


class Mark(StrEnum):
    """How a matter counts towards one rate."""

    GOOD = "good"
    BAD = "bad"
    OPEN = "open"  # nothing is decided yet: counts neither way
    OUT = "out"  # the rate is not about it: taken back by the resident


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """One version of the rules of counting, for matters that came in from ``since`` on.

    ``resolved`` and ``unresolved`` are outcomes; ``refused`` stands for a refusal with a reason.
    ``every_round`` asks for an answer in time in each round, else only in the first. With
    ``overdue_counts`` a matter whose time for the end ran out is unresolved until it ends.
    ``first_verdict`` counts the first verdict of a resident, else the last. ``weights`` say per
    cent how far so many stars are satisfied. ``contact`` is how long a resident has between an
    answer and its closing for it to count as contact.
    """

    version: str
    since: date
    resolved: frozenset[str]
    unresolved: frozenset[str]
    weights: Mapping[int, int]
    every_round: bool = False
    overdue_counts: bool = True
    first_verdict: bool = False
    contact: timedelta = timedelta(minutes=10)

    def __post_init__(self) -> None:
        if self.resolved & self.unresolved:
            raise ValueError("an outcome is resolved or it is not")
        if self.resolved | self.unresolved != {*Outcome, Stage.REFUSED}:
            raise ValueError("a scheme says of every outcome whether it is resolved")
        if set(self.weights) != {1, 2, 3, 4, 5}:
            raise ValueError("a scheme has a weight for each of 1 to 5 stars")
        if not all(0 <= weight <= WHOLE for weight in self.weights.values()):
            raise ValueError("a weight is 0 to 100 per cent")


@dataclass(frozen=True, slots=True)
class Deed:
    """One step of a matter, as far as the rates are concerned. ``stars`` 0 means none given."""

    at: datetime
    verb: Verb
    outcome: str = ""
    stars: int = 0


def deeds_of(steps: Iterable[tuple[str, datetime, Mapping[str, Any]]]) -> list[Deed]:
    """Deeds from a timeline: (verb, at, data) of every step, in any order."""
    return [
        Deed(at, Verb(verb), str(data.get("outcome", "")), int(data.get("stars") or 0))
        for verb, at, data in steps
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """How one matter counts. ``turns_at`` is when time alone may change that, None for never.

    ``weight`` is None without a verdict. ``hasty`` says that it was closed without contact,
    ``returned`` that an owner asked to send it back, ``reopened`` that it went round again.
    """

    response: Mark
    resolution: Mark
    stars: int = 0
    weight: int | None = None
    rated_at: datetime | None = None
    hasty: bool = False
    returned: bool = False
    reopened: bool = False
    turns_at: datetime | None = None


RETURNS = frozenset({Verb.SEND_BACK})
"""Steps by which an owner asks to send a matter back, whatever is decided about it."""


def judge(deeds: Sequence[Deed], clock: Clock, scheme: Scheme) -> Judgement:
    """How a matter counts at the instant of its clock, whatever order its deeds are told in."""
    told = sorted((deed for deed in deeds if deed.at <= clock.at), key=_order)
    response = _response(clock, scheme)
    resolution = _resolution(told, clock, scheme)
    verdict = _verdict(told, scheme)
    return Judgement(
        response=response,
        resolution=resolution,
        stars=verdict.stars if verdict else 0,
        weight=scheme.weights[verdict.stars] if verdict else None,
        rated_at=verdict.at if verdict else None,
        hasty=_hasty(told, scheme),
        returned=any(deed.verb in RETURNS for deed in told),
        reopened=any(deed.verb is Verb.REOPEN for deed in told),
        turns_at=_turns_at(clock),
    )


def _order(deed: Deed) -> tuple[datetime, str, str, int]:
    """In time; what falls on one instant has an order too, so that no other one matters."""
    place = f"{list(Verb).index(deed.verb):02}"
    return deed.at, place, deed.outcome, deed.stars


def _debts(clock: Clock, target: Target) -> list[Debt]:
    return [debt for debt in clock.debts if debt.target is target]


def _response(clock: Clock, scheme: Scheme) -> Mark:
    owed = _debts(clock, Target.RESPONSE)
    marks = [_answered(debt) for debt in (owed if scheme.every_round else owed[:1])]
    kept = [mark for mark in marks if mark is not Mark.OUT]
    return next((mark for mark in (Mark.BAD, Mark.OPEN, Mark.GOOD) if mark in kept), Mark.OUT)


def _answered(debt: Debt) -> Mark:
    if debt.breached_at is not None:
        return Mark.BAD
    if debt.met_at is not None:
        return Mark.GOOD
    return Mark.OPEN if debt.open else Mark.OUT


ENDINGS = {Verb.CLOSE, Verb.REFUSE, Verb.WITHDRAW, Verb.REOPEN}


def _resolution(told: Sequence[Deed], clock: Clock, scheme: Scheme) -> Mark:
    """By how it ended last; once round again it counts as open until its time runs out."""
    end = next((deed for deed in reversed(told) if deed.verb in ENDINGS), None)
    if end is not None and end.verb is not Verb.REOPEN:
        if end.verb is Verb.WITHDRAW:
            return Mark.OUT
        outcome = Stage.REFUSED.value if end.verb is Verb.REFUSE else end.outcome
        return Mark.GOOD if outcome in scheme.resolved else Mark.BAD
    owed = [debt for debt in _debts(clock, Target.RESOLUTION) if debt.open]
    if not owed:
        return Mark.OUT
    late = any(debt.breached_at is not None for debt in owed)
    return Mark.BAD if late and scheme.overdue_counts else Mark.OPEN


def _verdict(told: Sequence[Deed], scheme: Scheme) -> Deed | None:
    given = [deed for deed in told if deed.stars]
    if not given:
        return None
    return given[0] if scheme.first_verdict else given[-1]


HEARD = {Verb.ADD, Verb.ASK}
"""A question to the resident, or a word of theirs, between an answer and the close is contact."""


def _hasty(told: Sequence[Deed], scheme: Scheme) -> bool:
    """Closed without any answer in the round, or so soon after it that nobody could object."""
    answered: datetime | None = None
    heard = False
    for deed in told:
        match deed.verb:
            case Verb.ANSWER:
                answered, heard = deed.at, False
            case Verb.REOPEN:
                answered, heard = None, False
            case Verb.CLOSE:
                if answered is None or (deed.at - answered < scheme.contact and not heard):
                    return True
            case verb if verb in HEARD:
                heard = True
    return False


def _turns_at(clock: Clock) -> datetime | None:
    """The next instant at which an open debt runs out."""
    due = [
        debt.due_at
        for debt in clock.debts
        if debt.open and debt.breached_at is None and debt.target is not Target.DISPATCH
    ]
    return min(due, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many matters, and how they count. Tallies add up.

    ``excluded`` matters are among ``matters`` and in no rate. ``points`` are the weights of the
    ``rated``, in per cent of one matter.
    """

    matters: int = 0
    excluded: int = 0
    in_time: int = 0
    answers: int = 0
    resolved: int = 0
    ended: int = 0
    points: int = 0
    rated: int = 0
    hasty: int = 0
    returned: int = 0
    reopened: int = 0

    def __add__(self, other: Self) -> Self:
        return type(self)(**{name: getattr(self, name) + getattr(other, name) for name in COUNTS})

    @property
    def response(self) -> float | None:
        """Response rate, 0 to 1; None where there is nothing to count."""
        return self.in_time / self.answers if self.answers else None

    @property
    def resolution(self) -> float | None:
        """Resolution rate, 0 to 1; None where there is nothing to count."""
        return self.resolved / self.ended if self.ended else None

    @property
    def satisfaction(self) -> float | None:
        """Satisfaction rate, 0 to 1; None where nobody has said anything."""
        return self.points / (WHOLE * self.rated) if self.rated else None


COUNTS = tuple(field.name for field in fields(Tally))
DECIDED = (Mark.GOOD, Mark.BAD)


def tally_of(judged: Judgement, *, excluded: bool = False) -> Tally:
    """One matter as a tally of its own. One that is excluded is counted as that, and no further."""
    if excluded:
        return Tally(matters=1, excluded=1)
    return Tally(
        matters=1,
        in_time=int(judged.response is Mark.GOOD),
        answers=int(judged.response in DECIDED),
        resolved=int(judged.resolution is Mark.GOOD),
        ended=int(judged.resolution in DECIDED),
        points=judged.weight or 0,
        rated=int(judged.weight is not None),
        hasty=int(judged.hasty),
        returned=int(judged.returned),
        reopened=int(judged.reopened),
    )


def total(tallies: Iterable[Tally]) -> Tally:
    """The sum; nothing at all makes a tally of zeros."""
    return sum(tallies, start=Tally())


def scheme_for(schemes: Sequence[Scheme], opened_on: date) -> Scheme:
    """The scheme in force on a day: the last that began by then, or the first of all."""
    ordered = sorted(schemes, key=lambda scheme: scheme.since)
    begun = [scheme for scheme in ordered if scheme.since <= opened_on]
    return begun[-1] if begun else ordered[0]


def per_cent(share: float | None) -> int | None:
    """A share as people read it: whole per cents, and 100 or 0 only for all or none."""
    if share is None or share in {0.0, 1.0}:
        return None if share is None else round(share * WHOLE)
    return min(max(round(share * WHOLE), 1), WHOLE - 1)
