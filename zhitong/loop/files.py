"""Sealed files that come and go with a row: lists taken out, tables brought in."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings

from zhitong.kernel.crypto.files import open_file, seal_file


def path_of(folder: str, id: UUID) -> Path:
    """Where the file of a row lies."""
    return Path(settings.MEDIA_ROOT) / folder / f"{id.hex}.box"


def store(folder: str, id: UUID, source: BinaryIO) -> int:
    """Keep a file sealed; returns its size in bytes."""
    return seal_file(source, path_of(folder, id), context=f"{folder}:{id}")


def read(folder: str, id: UUID) -> Iterator[bytes]:
    """The file's pieces. Raises FileNotFoundError when it has gone, Unreadable."""
    return open_file(path_of(folder, id), context=f"{folder}:{id}")


def sweep(folder: str, seconds: float) -> int:
    """Remove files older than this; returns how many went."""
    gone = 0
    for path in (Path(settings.MEDIA_ROOT) / folder).glob("*"):
        if path.stat().st_mtime < time.time() - seconds:
            path.unlink(missing_ok=True)
            gone += 1
    return gone
