"""Nothing is installed that nothing uses."""

import ast
import re
from importlib.metadata import packages_distributions

from tests.architecture.source import ROOT

# Used without an import: by name in the settings, by command, or by another package.
UNIMPORTED = {
    "argon2-cffi": "settings.PASSWORD_HASHERS",
    "gunicorn": "zhitong/config/serving/serve.py",
    "setuptools": "pyproject.toml",
    "tzdata": "zoneinfo",
}


def test_every_dependency_is_used():
    lines = (ROOT / "requirements" / "run.in").read_text().splitlines()
    wanted = {plain(line) for line in lines if line and not line.startswith("#")}
    named = words_of_the_house()
    used = {
        plain(name)
        for package, names in packages_distributions().items()
        if package in named
        for name in names
    }
    assert sorted(wanted - used - set(UNIMPORTED)) == []


def words_of_the_house() -> set[str]:
    """The first part of every module that is imported, or named in a string as the settings do."""
    found: set[str] = set()
    for folder in ("zhitong", "tools", "bench"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Import):
                    found |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module:
                    found.add(node.module.partition(".")[0])
                elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.add(node.value.partition(".")[0])
    return found


def plain(requirement: str) -> str:
    """A distribution's name in its one spelling (PEP 503)."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~ ]", requirement)[0]).lower()
