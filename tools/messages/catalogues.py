"""The hand-written catalogues: one per Django app, ``locale/zh_Hans/LC_MESSAGES/django.po``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tools.messages.extract import Said, from_python, from_template
from tools.messages.hardcoded import hardcoded

LANGUAGE = "zh_Hans"
PLACE = re.compile(r"%%|%\(\w+\)[sdrf]|%[sdrf]|\{\w*\}")
NOT_SHIPPED = {"tests", "migrations"}


@dataclass(frozen=True, slots=True)
class App:
    """A Django app: the folder that holds ``apps.py``, and the folders it speaks for."""

    folder: Path
    files: tuple[Path, ...]

    @property
    def catalogue(self) -> Path:
        """Where its Chinese sentences stand."""
        return self.folder / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"

    def said(self) -> dict[tuple[str, str], Said]:
        """What its code and templates say, once each."""
        found: dict[tuple[str, str], Said] = {}
        for path in self.files:
            extract = from_python if path.suffix == ".py" else from_template
            for said in extract(path):
                if said.key not in found or said.plural:
                    found[said.key] = said
        return found


def _owner(path: Path, root: Path, folders: set[Path]) -> Path:
    """The nearest app around a file; what lies in none speaks through ``config``."""
    around = (parent for parent in path.parents if parent in folders)
    return next(around, root / "config")


def apps(root: Path) -> Iterator[App]:
    """Every app below `root` with the files it speaks for."""
    folders = {path.parent for path in root.glob("**/apps.py")}
    owned: dict[Path, list[Path]] = {folder: [] for folder in folders}
    for path in sorted(root.glob("**/*")):
        inner = set(path.relative_to(root).parts[:-1])
        spoken = path.suffix == ".py" or ("templates" in inner and path.is_file())
        if spoken and not inner & NOT_SHIPPED:
            owned.setdefault(_owner(path, root, folders), []).append(path)
    for folder in sorted(owned):
        yield App(folder, tuple(owned[folder]))


def load(path: Path) -> Catalog:
    """Read a catalogue; a missing file is an empty one."""
    if not path.exists():
        return Catalog(locale=LANGUAGE)
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE, abort_invalid=True)


def key(message: Message) -> tuple[str, str]:
    """Context and singular, as gettext looks it up."""
    text = message.id[0] if isinstance(message.id, tuple) else message.id
    return message.context or "", str(text)


def entries(catalogue: Catalog) -> dict[tuple[str, str], Message]:
    """Everything but the header."""
    return {key(message): message for message in catalogue if message.id}


def translation(message: Message) -> str:
    """The Chinese sentence; Chinese has one form for every number."""
    said = message.string or ""
    return said if isinstance(said, str) else said[0]


def places(text: str) -> set[str]:
    """The placeholders of a sentence."""
    return set(PLACE.findall(text)) - {"%%"}


def _untranslated(app: App, present: dict[tuple[str, str], Message]) -> Iterator[str]:
    for known, sentence in app.said().items():
        message = present.get(known)
        if message is None or not translation(message).strip():
            yield f"{sentence.where}: not translated: {sentence.text!r}"
            continue
        place = f"{app.catalogue}:{message.lineno}"
        if message.fuzzy:
            yield f"{place}: still fuzzy: {sentence.text!r}"
        elif places(sentence.plural or sentence.text) != places(translation(message)):
            yield f"{place}: placeholders differ: {sentence.text!r}"
        elif bool(sentence.plural) != isinstance(message.id, tuple):
            yield f"{place}: plural forms differ: {sentence.text!r}"


def faults(app: App) -> Iterator[str]:
    """Everything that keeps an app from being complete in Chinese, one line each."""
    catalogue = load(app.catalogue)
    present = entries(catalogue)
    yield from _untranslated(app, present)
    for _context, text in sorted(present.keys() - app.said().keys()):
        yield f"{app.catalogue}: nobody says this any more: {text!r}"
    for message in catalogue.obsolete.values():
        yield f"{app.catalogue}: remove the obsolete entry {message.id!r}"
    for path in app.files:
        if path.suffix != ".py":
            for line, text in hardcoded(path):
                yield f"{path}:{line}: hard-coded sentence: {text!r}"


def contradictions(every: list[App]) -> Iterator[str]:
    """The same sentence with two translations: Django would use one of them everywhere."""
    first: dict[tuple[str, str], tuple[str, Path]] = {}
    for app in every:
        for known, message in entries(load(app.catalogue)).items():
            chinese = translation(message)
            other, where = first.setdefault(known, (chinese, app.catalogue))
            if other != chinese:
                yield f"{app.catalogue}: {known[1]!r} is {chinese!r} here, {other!r} in {where}"


def build(app: App) -> None:
    """Write the binary catalogue beside the text."""
    if app.catalogue.exists():
        with app.catalogue.with_suffix(".mo").open("wb") as file:
            write_mo(file, load(app.catalogue))
