"""The repository runs anywhere and says what it needs."""

import re
import subprocess
from pathlib import Path

from tests.architecture.source import ROOT, listed
from tools.locks import foreign_lines
from tools.settings import PAGE, page
from zhitong.config.environment import Environment

TIED = re.compile(
    r"(?<![\w.])/(?:work|root|home)/\w|/opt/" + r"wheels|pypi\." + r"org|python" + r"hosted"
)
TEXT = {".py", ".md", ".toml", ".in", ".lock", ".txt", ".html", ".css", ".js", ".po", ".csv", ""}


def tracked() -> list[Path]:
    """Every text file under version control, and those that are about to be."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = [ROOT / name for name in listing.splitlines()]
    return [path for path in paths if path.suffix in TEXT and path.is_file()]


def test_no_file_is_tied_to_one_machine():
    tied = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in tracked()
        if path != Path(__file__)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if TIED.search(line)
    ]
    assert not tied, listed(tied)


def test_locks_name_no_index_and_hash_everything():
    for lock in (ROOT / "requirements").glob("*.lock"):
        text = lock.read_text()
        assert not foreign_lines(text), lock.name
        unhashed = re.findall(r"^[\w.-]+==[\w.]+$", text, re.MULTILINE)
        assert not unhashed, lock.name + listed(unhashed)


def test_every_dependency_says_why_it_is_here():
    told = (ROOT / "docs" / "dependencies.md").read_text().lower()
    wanted = [
        re.split(r"[\[<>=; ]", line)[0].lower()
        for file in (ROOT / "requirements").glob("*.in")
        for line in file.read_text().splitlines()
        if re.match(r"\w", line)
    ]
    silent = [name for name in wanted if f"`{name}`" not in told]
    assert not silent, listed(silent)


def test_every_setting_is_described():
    silent = [name for name, field in Environment.model_fields.items() if not field.description]
    assert not silent, listed(silent)


def test_the_page_of_settings_is_fresh():
    assert PAGE.read_text("utf-8") == page(), "run: python -m tools.settings"
