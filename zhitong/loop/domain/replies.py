"""Prepared answers: a text with gaps, and what each gap is called.

A gap is written ``{{code}}``; braces of full width and blanks inside are read as well. There is
a fixed list of names: a text with any other is no template, and an answer in which a gap is
still open does not go out.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

GAPS = (
    "code", "category", "place", "post", "office_phone", "opened_day", "due_day", "today",
    "officer",
)  # fmt: skip
"""What a gap may be called. A value that is not known leaves its gap open."""

_OPEN, _SHUT = r"[{｛]{2}", r"[}｝]{2}"
_GAP = re.compile(_OPEN + r"[\s_]*([^{}｛｝]*?)[\s_]*" + _SHUT)
_KNOWN = re.compile(_OPEN + rf"\s*({'|'.join(GAPS)})\s*" + _SHUT, re.IGNORECASE)
_BRACES = re.compile(_OPEN + "|" + _SHUT)


@dataclass(frozen=True, slots=True)
class Offer:
    """One version of a template, as far as it decides for which matters it is offered.

    ``categories`` are codes of groups or categories, none for any; ``path`` is that of the post
    it belongs to; it holds on ``starts_on`` and, if it ends, still on ``ends_on``.
    """

    id: UUID
    path: str
    categories: tuple[str, ...]
    starts_on: date
    ends_on: date | None


def unknown(body: str) -> list[str]:
    """Names of gaps that are not on the list, as they are written, each once.

    Braces that make no whole gap are named as they stand.
    """
    wrong = [
        found[1] or found[0] for found in _GAP.finditer(body) if not _KNOWN.fullmatch(found[0])
    ]
    left = _BRACES.findall(_GAP.sub("", body))
    return list(dict.fromkeys([*wrong, *left]))


def filled(body: str, values: Mapping[str, str]) -> str:
    """The text with every gap closed whose value is known; what is filled in is not read again."""
    return _KNOWN.sub(lambda gap: values.get(gap[1].lower(), "") or gap[0], body)


def still_open(text: str) -> list[str]:
    """The known gaps that nobody has closed, each once, in order."""
    return list(dict.fromkeys(gap[1].lower() for gap in _KNOWN.finditer(text)))


def holds(offer: Offer, on: date) -> bool:
    """Whether it may be used on a day."""
    return offer.starts_on <= on and (offer.ends_on is None or on <= offer.ends_on)


def fits(offer: Offer, *, path: str, chain: Collection[str], on: date) -> bool:
    """Whether it is offered for a matter: the day, the place below its post, the kind."""
    kind = not offer.categories or any(code in chain for code in offer.categories)
    return holds(offer, on) and path.startswith(offer.path) and kind


def offered(offers: Iterable[Offer], *, path: str, chain: Collection[str], on: date) -> list[Offer]:
    """Those that fit, the closest first: made for the kind before for any, the nearer post."""
    fitting = [one for one in offers if fits(one, path=path, chain=chain, on=on)]
    return sorted(fitting, key=lambda one: (not one.categories, -len(one.path), one.id.hex))
