"""Strings that occur nowhere else, and looking for their bytes.

A canary is rare characters, twelve random letters and a mark at its end. Searching for the marks
finds whole canaries and pieces of them, in whatever way the bytes are written: UTF-8, UTF-16 of
both orders, escaped as in JSON, cut into tokens, or with a beginning shared with other words, as
an index may store it.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

HAN = "鑫雥"
MARK = "zqxjv"
LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
CORE = 12
SHORT = CORE + len(MARK)
LONG = len(HAN) + SHORT
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")
SEED = 2026


def drawn(count: int, seed: int = SEED) -> list[str]:
    """So many different random cores."""
    rng = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(rng.choices(LETTERS, k=CORE))] = None
    return list(found)


def written(core: str, room: int | None) -> str:
    """The canary of a core as it is planted where so many characters fit; '' where none does."""
    if room is None or room >= LONG:
        return f"{HAN}{core}{MARK}"
    return f"{core}{MARK}" if room >= SHORT else ""


@dataclass(slots=True)
class Sighting:
    """Which cores were seen whole, how many marks had no whole core before them, in which files."""

    whole: set[str] = field(default_factory=set)
    pieces: int = 0
    files: list[Path] = field(default_factory=list)

    def __ior__(self, other: Self) -> Self:
        self.whole |= other.whole
        self.pieces += other.pieces
        self.files += other.files
        return self


def search(data: bytes, known: set[str]) -> Sighting:
    """Every canary in these bytes, in every form."""
    seen = Sighting()
    for encoding in ENCODINGS:
        mark, width = MARK.encode(encoding), len("a".encode(encoding))
        for place in _places(data, mark):
            core = data[max(0, place - CORE * width) : place].decode(encoding, "replace")
            if core in known:
                seen.whole.add(core)
            else:
                seen.pieces += 1
    for form in _han():
        seen.pieces += sum(1 for _place in _places(data, form)) if not seen.whole else 0
    return seen


def _han() -> Iterator[bytes]:
    """The rare characters in every form in which they may stand."""
    yield from (HAN.encode(encoding) for encoding in ENCODINGS)
    escaped = "".join(f"\\u{ord(one):04x}" for one in HAN)
    for text in (escaped, escaped.upper().replace("\\U", "\\u")):
        yield from (text.encode(encoding) for encoding in ENCODINGS)


def _places(data: bytes, wanted: bytes) -> Iterator[int]:
    place = data.find(wanted)
    while place >= 0:
        yield place
        place = data.find(wanted, place + 1)


def search_files(paths: Iterable[Path], known: set[str]) -> Sighting:
    """The same in files, and in their names."""
    seen = Sighting()
    for path in paths:
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            continue
        found = search(data + b"\n" + path.name.encode(), known)
        if found.whole or found.pieces:
            found.files.append(path)
        seen |= found
    return seen


def below(*folders: Path) -> list[Path]:
    """Every file below these folders."""
    return sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
