"""What a backup says about itself, and checksums of everything in it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Self

from zhitong.config.obstacles import Obstacle

NAME = "manifest.json"
FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """``rows`` counts every table; ``files`` holds the SHA-256 of every file by its name.

    ``keys`` says whether they are inside, ``fingerprint`` which ones they are.
    """

    format: int = FORMAT
    made_at: str
    reason: str
    version: str
    engine: str
    county: str
    keys: str
    fingerprint: str
    migrations: list[str]
    rows: Mapping[str, int]
    files: Mapping[str, str] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """Put it beside the files it describes."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)
        (folder / NAME).write_text(text, "utf-8")

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The manifest of an opened backup. Raises Obstacle when it is missing or too new."""
        try:
            found = json.loads((folder / NAME).read_text("utf-8"))
            manifest = cls(**found)
        except (OSError, ValueError, TypeError) as error:
            raise Obstacle("this file is not a backup of Zhitong, or it is damaged") from error
        if manifest.format != FORMAT:
            raise Obstacle("this backup was made by a newer Zhitong: install that version first")
        return manifest

    def check_files(self, folder: Path) -> None:
        """Raise Obstacle when a file is missing, changed, or was never part of the backup."""
        present = hashes(folder)
        for name in sorted(set(self.files) | set(present)):
            if self.files.get(name) != present.get(name):
                raise Obstacle(f"the backup is damaged: {name} is not what was saved")


def hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder but the manifest, by its path from there."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    return {path.relative_to(folder).as_posix(): digest(path) for path in files}


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
