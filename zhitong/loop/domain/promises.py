"""Versions of the county's promises: what changes from one to the next, and writing one down."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from zhitong.loop.domain.policy import HOUR, Limit, Policy, Target, Terms

PAUSE, PAUSES, RETURNS = "pause", "pauses", "returns"
PARTS = (*(target.value for target in Target), PAUSE)
"""The limits that every kind of matter has."""

Amount = Limit | int | None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is promised otherwise. ``terms`` is '' for what holds for all matters.

    None before: these terms are new; None after: there are none of this name any more.
    """

    terms: str
    part: str
    before: Amount
    after: Amount


def changes(before: Policy, after: Policy) -> list[Change]:
    """Everything that differs, in the order of the newer one. Nothing for the same promises."""
    names = dict.fromkeys((*after.terms, *before.terms))
    found = [
        Change(name, part, old, new)
        for name in names
        for part, old, new in _pairs(before.terms.get(name), after.terms.get(name))
        if old != new
    ]
    if before.returns != after.returns:
        found.append(Change("", RETURNS, before.returns, after.returns))
    return found


def limit_of(terms: Terms, part: str) -> Limit:
    """One of the limits by its name."""
    return terms.pause if part == PAUSE else terms.limit(Target(part))


def write_policy(policy: Policy, day_hours: int) -> str:
    """The policy as it stands in its file; reading it gives the same one."""
    lines = [
        f"version = {json.dumps(policy.version, ensure_ascii=False)}",
        f"working_day_hours = {day_hours}",
        f'returns = "{write_limit(policy.returns, day_hours)}"',
    ]
    for name, terms in policy.terms.items():
        lines += ["", f"[terms.{json.dumps(name, ensure_ascii=False)}]"]
        lines += [f'{part} = "{write_limit(limit_of(terms, part), day_hours)}"' for part in PARTS]
        lines.append(f"{PAUSES} = {terms.pauses}")
    return "\n".join(lines) + "\n"


def write_limit(limit: Limit, day_hours: int) -> str:
    """``24 hours``, ``7 working hours`` or ``3 working days``; limits have whole hours."""
    hours, rest = divmod(limit.amount, HOUR)
    if rest > timedelta():
        raise ValueError("a limit has whole hours")
    if limit.working and hours % day_hours == 0:
        return f"{hours // day_hours} working days"
    return f"{hours} {'working ' if limit.working else ''}hours"


def _pairs(before: Terms | None, after: Terms | None) -> Iterator[tuple[str, Amount, Amount]]:
    for part in PARTS:
        old = limit_of(before, part) if before else None
        yield part, old, limit_of(after, part) if after else None
    yield PAUSES, before.pauses if before else None, after.pauses if after else None
