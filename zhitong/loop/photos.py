"""Where the pictures of matters are kept: one file each, named by the picture's id."""

import os
from pathlib import Path
from uuid import UUID

from django.conf import settings


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


def stray(older_than: float) -> list[Path]:
    """Files last written before the given Unix time, candidates for the sweep."""
    root = Path(settings.MEDIA_ROOT) / "photos"
    return [path for path in root.glob("*/*") if path.stat().st_mtime < older_than]
