"""The Markdown pages of the repository, read once for all tests of documentation."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.architecture.source import ROOT

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]+`")


@dataclass(frozen=True, slots=True)
class Page:
    """One page."""

    path: Path
    text: str

    @property
    def name(self) -> str:
        """Path from the root."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def prose(self) -> str:
        """What is read as text: no blocks and no pieces of code."""
        return CODE.sub("", FENCE.sub("", self.text))

    def links(self) -> Iterator[str]:
        """Targets of links and pictures that lie in the repository."""
        for target in LINK.findall(self.prose):
            if not re.match(r"[a-z]+:", target):
                yield target

    def anchors(self) -> set[str]:
        """What can stand behind a # in a link to this page, as GitHub makes it."""
        heads = re.findall(r"^#+ (.+)$", FENCE.sub("", self.text), re.MULTILINE)
        return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@cache
def pages() -> tuple[Page, ...]:
    """Every page at the top, below docs/, and beside data."""
    found = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("zhitong/**/*.md")]
    return tuple(Page(path, path.read_text("utf-8")) for path in sorted(found))


def page(name: str) -> Page:
    """One page by its path from the root."""
    return next(one for one in pages() if one.name == name)
