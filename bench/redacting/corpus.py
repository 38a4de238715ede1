"""The corpus: seeded, so that everybody measures on the same texts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from bench.redacting import numbers, places
from bench.redacting.numbers import Writing
from bench.redacting.sentences import ALIKE, ALIKE_FILES, ENDINGS, FILES, GAPS, said

SEED = 20261123
HELD_OUT_SHARE = 0.25
FILE_SHARE = 0.12
ALIKE_SHARE = 0.75
WRITINGS: Mapping[str, tuple[Mapping[str, Writing], Mapping[str, Writing]]] = {
    "id_number": (numbers.ID, numbers.ID_HELD_OUT),
    "mobile": (numbers.MOBILE, numbers.MOBILE_HELD_OUT),
    "phone": (numbers.PHONE, numbers.PHONE_HELD_OUT),
    "plate": (numbers.PLATE, numbers.PLATE_HELD_OUT),
    "bank_card": (numbers.CARD, numbers.CARD_HELD_OUT),
    "address": (places.ADDRESS, places.ADDRESS_HELD_OUT),
    "email": (numbers.MAIL, numbers.MAIL_HELD_OUT),
    "name": (places.NAME, places.NAME_HELD_OUT),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One planted item: its class, how it is written, where it stands."""

    kind: str
    writing: str
    held_out: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sample:
    """A text (or the name of a file) and all that is personal in it."""

    text: str
    items: tuple[Item, ...]


class _Text:
    """A text that grows, and remembers where the items stand in it."""

    def __init__(self) -> None:
        self.text = ""
        self.items: list[Item] = []

    def add(self, words: str) -> None:
        self.text += words

    def plant(self, gap: str, item: str, kind: str, writing: str, *, held_out: bool) -> None:
        before, after = gap.split("{}")
        self.text += before
        at = len(self.text)
        self.text += item
        self.items.append(Item(kind, writing, held_out, at, len(self.text)))
        self.text += after

    def sample(self) -> Sample:
        return Sample(self.text, tuple(self.items))


def samples(count: int, seed: int = SEED) -> Iterator[Sample]:
    """``count`` texts; the first n of a longer corpus are those of a shorter one."""
    random = Random(seed)
    for _ in range(count):
        yield _file(random) if random.random() < FILE_SHARE else _message(random)


def _message(random: Random) -> Sample:
    text = _Text()
    text.add(said(random))
    for kind in random.sample(list(WRITINGS), k=random.choice((0, 0, 1, 1, 2, 2, 3, 4))):
        if random.random() < ALIKE_SHARE / 2:
            text.add(random.choice(list(ALIKE.values()))(random) + "，")
        _plant(text, random, random.choice(GAPS[kind]), kind)
    if random.random() < ALIKE_SHARE:
        text.add(random.choice(list(ALIKE.values()))(random) + "，")
    text.add(random.choice(ENDINGS))
    return text.sample()


def _file(random: Random) -> Sample:
    text = _Text()
    if random.random() < 0.4:
        text.add(random.choice(list(ALIKE_FILES.values()))(random))
        return text.sample()
    kind = random.choice(list(WRITINGS))
    _plant(text, random, random.choice(FILES[kind]), kind)
    return text.sample()


def _plant(text: _Text, random: Random, gap: str, kind: str) -> None:
    known, held_out = WRITINGS[kind]
    outside = random.random() < HELD_OUT_SHARE
    writing, write = random.choice(list((held_out if outside else known).items()))
    text.plant(gap, write(random), kind, writing, held_out=outside)
