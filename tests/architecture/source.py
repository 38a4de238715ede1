"""The project's Python files, parsed once for all architecture tests."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("zhitong", "bench")
EVERYTHING = (*PRODUCT, "tools", "tests", "conftest.py")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Source:
    """One file: `name` is its path from the project's root."""

    name: str
    text: str
    tree: ast.Module

    @property
    def parts(self) -> tuple[str, ...]:
        """Folders and stem: ``("zhitong", "loop", "actions", "answer")``."""
        return Path(self.name).with_suffix("").parts

    @property
    def is_test(self) -> bool:
        """True inside a ``tests`` folder."""
        return "tests" in self.parts or self.parts[0] in {"tests", "conftest"}

    def functions(self) -> Iterator[Function]:
        """Every function and method."""
        for node in ast.walk(self.tree):
            if isinstance(node, Function):
                yield node

    def at(self, node: ast.AST) -> str:
        """``path:line`` of a node."""
        return f"{self.name}:{getattr(node, 'lineno', 0)}"


def _files(tops: Iterable[str]) -> Iterator[Path]:
    for top in tops:
        path = ROOT / top
        yield from sorted(path.glob("**/*.py")) if path.is_dir() else [path]


@cache
def sources(tops: tuple[str, ...] = PRODUCT) -> tuple[Source, ...]:
    """Parsed files below `tops`, migrations left out (Django writes those)."""
    found = []
    for path in _files(tops):
        name = path.relative_to(ROOT)
        if "migrations" not in name.parts:
            text = path.read_text("utf-8")
            found.append(Source(name.as_posix(), text, ast.parse(text)))
    return tuple(found)


def product() -> list[Source]:
    """What is shipped: no tests."""
    return [source for source in sources() if not source.is_test]


def listed(offenders: Iterable[str]) -> str:
    """Offenders one a line, for an assertion message."""
    return "\n" + "\n".join(offenders)
