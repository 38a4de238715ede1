"""Where a mail belongs, as a pure rule: clues out of the letter, then a place from what was found.

The order is: the ids it answers to, a tracking code, a staff code, else something new. What a
clue gives is decided apart from where it leads, because From can be forged by anybody:

- an id that we sent, or that the same address sent us, in a mail from the matter's own address:
  the resident speaks (``Standing.OWN``). Our ids cannot be guessed (``composing.message_id``);
- a tracking code is a secret and works from any address, as it does on the page. The address
  that answers go to does not change by it;
- an id or a staff code from anybody else only shows where the words belong. A staff code is
  printed, spoken and forwarded: it never makes a stranger the resident. Such words are laid
  beside the matter for its owner to judge (``Standing.OTHER``): they start no clock, answer no
  question and are not the resident's.

Nothing is ever told to who sent a mail but that it came in; answers go to the address kept with
the matter. So neither a guessed code nor a forged address reads anything.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from zhitong.kernel.crypto.codes import ALPHABET, LENGTH, grouped
from zhitong.kernel.mail.letter import Kind, Letter

MOST_CODES = 5
LOOKED_AT = 20_000
STAFF_LENGTH = 8
_GROUP = rf"[{ALPHABET}OIL]{{4}}"
_DASH = r"[-‐-―−－]"
_TRACKING = re.compile(rf"(?<![0-9A-Z]){_GROUP}(?:{_DASH}{_GROUP}){{3}}(?![0-9A-Z])")
_STAFF = re.compile(rf"(?<![0-9A-Z]){_GROUP}{_DASH}{_GROUP}(?!{_DASH}?[0-9A-Z])")
_BEFORE = re.compile(rf"[0-9A-Z]{_DASH}\Z")
_DASHES = re.compile(_DASH)
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


class Spot(StrEnum):
    """What kind of place."""

    THREAD = "thread"
    CODE = "code"
    NEW = "new"
    BIN = "bin"


class Standing(StrEnum):
    """In whose name the words are laid there."""

    OWN = "own"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a letter goes. ``matter`` is its id for THREAD and CODE; ``reason`` is for the log."""

    spot: Spot
    matter: str = ""
    standing: Standing = Standing.OTHER
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Clues:
    """What a letter points to: message ids, newest first, and codes in the order of trust."""

    references: tuple[str, ...]
    tracking: tuple[str, ...]
    staff: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What of the clues is known here. Matters by id or code; who is behind a matter.

    ``speaks`` says whether an address is the one kept with a matter. It is asked, not shown:
    addresses are kept as blind digests.
    """

    references: Mapping[str, str] = field(default_factory=dict)
    tracking: Mapping[str, str] = field(default_factory=dict)
    staff: Mapping[str, str] = field(default_factory=dict)
    speaks: Callable[[str, str], bool] = lambda _matter, _address: False


def clues(letter: Letter) -> Clues:
    """What to look up for the letter. Codes in what it quotes count last, and only tracking codes.

    A staff code below the words is in everything we send: there the ids say more, and whoever
    lost them quotes the link with the tracking code as well.
    """
    said = [letter.subject, letter.text[:LOOKED_AT]]
    below = [letter.signature[:LOOKED_AT], letter.quoted[:LOOKED_AT]]
    newest = dict.fromkeys([*letter.in_reply_to, *reversed(letter.references)])
    return Clues(
        references=tuple(newest),
        tracking=_codes(_TRACKING, [*said, *below], LENGTH),
        staff=_codes(_STAFF, said, STAFF_LENGTH),
    )


def _codes(pattern: re.Pattern[str], texts: list[str], length: int) -> tuple[str, ...]:
    codes: dict[str, None] = {}
    for text in texts:
        plain = unicodedata.normalize("NFKC", text).upper()
        for found in pattern.finditer(plain):
            letters = _DASHES.sub("", found[0]).translate(_READ_AS)
            if len(letters) == length and not _BEFORE.search(plain[: found.start()][-2:]):
                codes[grouped(letters)] = None
            if len(codes) >= MOST_CODES:
                return tuple(codes)
    return tuple(codes)


def place(letter: Letter, found: Found) -> Place:
    """Where the letter goes. Only words go anywhere: the rest stays in the bin, with its reason."""
    if letter.kind is not Kind.WORD:
        return Place(Spot.BIN, reason=f"{letter.kind}: {letter.kind_reason}")
    seen = clues(letter)
    for reference in seen.references:
        if matter := found.references.get(reference):
            return Place(Spot.THREAD, matter, _standing(letter, matter, found), "answers a mail")
    for code in seen.tracking:
        if matter := found.tracking.get(code):
            return Place(Spot.CODE, matter, Standing.OWN, "tracking code")
    for code in seen.staff:
        if matter := found.staff.get(code):
            return Place(Spot.CODE, matter, Standing.OTHER, "staff code")
    if not letter.sender:
        return Place(Spot.BIN, reason="no sender to answer")
    return Place(Spot.NEW, standing=Standing.OWN, reason="nothing known is named")


def _standing(letter: Letter, matter: str, found: Found) -> Standing:
    known = bool(letter.sender) and found.speaks(matter, letter.sender)
    return Standing.OWN if known else Standing.OTHER
