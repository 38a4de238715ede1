"""Files that nobody reads without the key: pieces of up to a mebibyte, each in a box of its own.

The context of a piece names the file, the piece's number and whether it is the last, so that
pieces cannot be moved, dropped or cut off unnoticed. Layout: length (4 bytes), box; repeated.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from zhitong.kernel.crypto.boxes import Unreadable, open_sealed, seal

PIECE = 1024 * 1024
_LENGTH = 4


def seal_file(source: BinaryIO, path: Path, *, context: str) -> int:
    """Write what ``source`` holds sealed to ``path``, durably; returns how many bytes it held."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = path.with_suffix(".part")
    size, number, piece = 0, 0, source.read(PIECE)
    with half.open("wb") as file:
        while True:
            following = source.read(PIECE)
            box = seal(piece, context=_place(context, number, last=not following))
            file.write(len(box).to_bytes(_LENGTH, "big") + box)
            size, number = size + len(piece), number + 1
            if not following:
                break
            piece = following
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
    return size


def open_file(path: Path, *, context: str) -> Iterator[bytes]:
    """The pieces of a sealed file. Raises Unreadable, FileNotFoundError."""
    with path.open("rb") as file:
        number, box = 0, _box(file)
        while box:
            following = _box(file)
            yield open_sealed(box, context=_place(context, number, last=not following))
            number, box = number + 1, following
    if not number:
        raise Unreadable("this is not a sealed file")


def _box(file: BinaryIO) -> bytes:
    return file.read(int.from_bytes(file.read(_LENGTH), "big"))


def _place(context: str, number: int, *, last: bool) -> bytes:
    return f"file:{context}:{number}:{last:d}".encode()
