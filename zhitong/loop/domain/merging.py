"""Matters that are dealt with as one, and how to take that back without a trace.

One matter is merged into another, the main one. Steps are never taken away; what was undone is
left out wherever a timeline, a clock or a rate is told, as if it had not happened.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from zhitong.loop.domain.lifecycle import Stage, Verb

S = TypeVar("S")
Told = tuple[str, datetime, Mapping[str, Any]]
OTHER = "matter"
"""Under this name a step of merging keeps the other matter."""

MEANT = "verb"
"""Under this name a step that passes something on keeps what it was over there."""

UNDONE = {Verb.UNMERGE: Verb.MERGE, Verb.PART: Verb.JOIN}
"""What takes back what: on the merged matter, and on the main one."""


def as_they_count(
    steps: Iterable[S], read: Callable[[S], tuple[str, Mapping[str, Any]]]
) -> list[S]:
    """The steps as they count, oldest first in and out.

    Left out are a merge that was undone, its undoing, and what was passed on because of it. What
    residents and staff said in between stays. ``read`` gives verb and data of a step.
    """
    kept: list[S] = []
    for step in steps:
        verb, data = read(step)
        if verb in UNDONE:
            _take_back(kept, read, UNDONE[Verb(verb)], str(data.get(OTHER, "")))
        else:
            kept.append(step)
    return kept


def _take_back(
    kept: list[S], read: Callable[[S], tuple[str, Mapping[str, Any]]], verb: Verb, other: str
) -> None:
    """Take the last such merge with the other matter out, and what it passed on."""
    about = [(read(step)[0], str(read(step)[1].get(OTHER, ""))) for step in kept]
    last = max((n for n, one in enumerate(about) if one == (verb, other)), default=None)
    if last is None:
        return
    gone = {last} | {n for n, one in enumerate(about) if n > last and one == (Verb.TOLD, other)}
    kept[:] = [step for n, step in enumerate(kept) if n not in gone]


def told_as_they_count(told: Iterable[Told]) -> list[Told]:
    """The same for (verb, at, data) of every step, in any order of time."""
    return as_they_count(sorted(told, key=lambda one: one[1]), lambda one: (one[0], one[2]))


@dataclass(frozen=True, slots=True)
class Merged:
    """Where a matter was merged into, and how it stood before."""

    main: str
    code: str
    stage: Stage
    at: datetime
    remind_at: datetime | None = None


def merged_into(told: Iterable[Told]) -> Merged | None:
    """The merge that holds, or None."""
    for verb, at, data in reversed(told_as_they_count(told)):
        if verb == Verb.MERGE:
            remind = data.get("remind_at")
            remind_at = datetime.fromisoformat(remind) if remind else None
            main, code = str(data[OTHER]), str(data.get("code", ""))
            return Merged(main, code, Stage(data["stage"]), at, remind_at)
    return None


def joined(told: Iterable[Told]) -> dict[str, str]:
    """The codes of the matters that are merged into this one, by their ids, the first first."""
    return {
        str(data[OTHER]): str(data.get("code", ""))
        for verb, _at, data in told_as_they_count(told)
        if verb == Verb.JOIN
    }


def meant(verb: str, data: Mapping[str, Any]) -> str:
    """What a step is about: of one that was passed on, what it was over there."""
    return str(data.get(MEANT, verb)) if verb == Verb.TOLD else verb


ENDS = frozenset({Verb.CLOSE, Verb.REFUSE})


def asks_for_verdict(steps: Sequence[tuple[str, Mapping[str, Any]]]) -> bool:
    """Whether the end of the main matter was passed on last, so that the resident may judge it."""
    news = [meant(verb, data) for verb, data in steps if verb == Verb.TOLD]
    spoken = [verb for verb in news if verb in ENDS | {Verb.REOPEN}]
    return bool(spoken) and spoken[-1] in ENDS


def impersonal(text: str, names: Iterable[str], mark: str) -> str:
    """An answer to one resident as others may read it: the forms of a name give way to a mark.

    Of a name of two to four characters, as people have it here, also the family name with a form
    of address.
    """
    for name in sorted(filter(None, names), key=len, reverse=True):
        text = text.replace(name, mark)
        if 2 <= len(name) <= 4 and not name.isascii():
            for form in _ADDRESSES:
                text = text.replace(f"{name[0]}{form}", mark)
    return text


_ADDRESSES = (
    "先生", "女士", "小姐", "同志", "师傅", "老师", "大爷", "大娘", "大妈", "大叔", "大姐", "大哥",
    "大嫂", "阿姨", "叔叔", "奶奶", "爷爷", "老板",
)  # fmt: skip
