"""Where the pictures of matters are kept: one file each, named by the picture's id."""

import os
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.conf import settings

NAME = re.compile(r"[0-9a-f]{32}\.(jpg|part)")
BATCH = 500


def path_of(photo: UUID) -> Path:
    """The file of a picture. The last two hex digits spread files over 256 folders."""
    name = photo.hex
    return Path(settings.MEDIA_ROOT) / "photos" / name[-2:] / f"{name}.jpg"


def store(photo: UUID, data: bytes) -> None:
    """Write the picture durably before the row that names it is committed.

    A crash in between leaves a file that no row names; the sweep removes it.
    """
    path = path_of(photo)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = path.with_suffix(".part")
    with half.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
    _sync(path.parent)


def remove(photos: Iterable[UUID]) -> None:
    """Delete the files of pictures whose rows are gone. One that is missing already is gone."""
    for photo in photos:
        path_of(photo).unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Make the new name itself survive a power cut, and not only what the file holds."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def stray(older_than: float) -> Iterator[dict[UUID, Path]]:
    """Files last written before the given Unix time, candidates for the sweep: a few at a time.

    What does not bear the name of a picture is not ours and is left alone.
    """
    root = Path(settings.MEDIA_ROOT) / "photos"
    old = (path for path in root.glob("*/*") if path.stat().st_mtime < older_than)
    named = ((UUID(hex=path.stem), path) for path in old if NAME.fullmatch(path.name))
    while some := dict(islice(named, BATCH)):
        yield some
