"""``find`` and ``redacted``.

Every pattern looks at a bounded stretch from each place, so the time grows with the length of the
text and no faster, whatever somebody sends.
"""

from collections.abc import Collection, Iterable, Iterator

from zhitong.kernel.text.personal.folding import folded, unspoken
from zhitong.kernel.text.personal.kinds import ALL, LABELS, Finding, Kind
from zhitong.kernel.text.personal.marks import emails, plates
from zhitong.kernel.text.personal.names import names
from zhitong.kernel.text.personal.numbers import numbers
from zhitong.kernel.text.personal.places import addresses

_RANK = {kind: rank for rank, kind in enumerate(Kind)}


def find(text: str) -> tuple[Finding, ...]:
    """All that is personal in a text or in the name of a file: in order, none upon another."""
    fold = folded(text)
    found = [*numbers(fold), *plates(fold), *emails(fold), *addresses(fold), *names(text, fold)]
    spoken = unspoken(fold)
    if spoken == fold:
        return _apart(found)
    plain = _apart(found)
    return _apart([*plain, *_beside(plain, _apart([*numbers(spoken), *plates(spoken)]))])


def redacted(text: str, kinds: Collection[Kind] = ALL) -> str:
    """``text`` with a mark in the place of every finding, as 〔phone number〕, in the reader's
    language; the mark says nothing of how long the original was."""
    parts, at = [], 0
    for finding in find(text):
        if finding.kind in kinds:
            parts += [text[at : finding.start], f"〔{LABELS[finding.kind]}〕"]
            at = finding.end
    return "".join([*parts, text[at:]])


def _beside(plain: Iterable[Finding], spoken: Iterable[Finding]) -> Iterator[Finding]:
    """What was found only when numerals were read as digits, and lies upon nothing surer: both
    are in order, so one walk along them does."""
    others = iter(plain)
    other = next(others, None)
    for one in spoken:
        while other and other.end <= one.start:
            other = next(others, None)
        if other is None or one.end <= other.start or other.kind is Kind.ADDRESS:
            yield one


def _apart(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings that do not touch: where several lie on one place, they become one, of the class
    that is surest there."""
    merged: list[Finding] = []
    for one in sorted(found, key=lambda one: (one.start, one.end)):
        if merged and one.start < merged[-1].end:
            last = merged[-1]
            merged[-1] = Finding(_surer(last, one), last.start, max(last.end, one.end))
        else:
            merged.append(one)
    return tuple(merged)


def _surer(one: Finding, other: Finding) -> Kind:
    """A card's number may hold digits that would be an identity number; otherwise the first kind
    wins, as each is written."""
    longer, shorter = sorted((one, other), key=lambda each: each.start - each.end)
    same = longer.end - longer.start == shorter.end - shorter.start
    if (longer.kind, shorter.kind) == (Kind.BANK_CARD, Kind.ID_NUMBER) and not same:
        return Kind.BANK_CARD
    return min(one.kind, other.kind, key=lambda kind: _RANK[kind])
