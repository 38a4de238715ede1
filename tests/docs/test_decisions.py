"""Decisions are numbered without gaps, titled, and listed in their index."""

import re

from tests.architecture.source import ROOT, listed
from tests.docs.markdown import page, pages

FOLDER = ROOT / "docs" / "decisions"
DECISIONS = sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")


def test_numbers_have_no_gaps():
    numbers = [path.name[:4] for path in DECISIONS]
    assert numbers == [f"{number:04}" for number in range(1, len(DECISIONS) + 1)]


def test_names_and_titles():
    wrong = [
        path.name
        for path in DECISIONS
        if not re.fullmatch(r"\d{4}(-[a-z0-9]+)+\.md", path.name)
        or not path.read_text("utf-8").startswith(f"# {path.name[:4]} ")
        or "**Decided" not in path.read_text("utf-8")
    ]
    assert not wrong, listed(wrong)


def test_the_index_lists_each_with_its_title():
    index = page("docs/decisions/README.md").text
    missing = []
    for path in DECISIONS:
        title = path.read_text("utf-8").splitlines()[0][len("# 0000 ") :]
        if f"| [{path.name[:4]}]({path.name}) | {title} |" not in index:
            missing.append(path.name)
    assert not missing, listed(missing)


def test_numbers_that_are_mentioned_exist():
    known = {path.name[:4] for path in DECISIONS}
    told = "\n".join(
        [one.text for one in pages()]
        + [path.read_text("utf-8") for path in ROOT.glob("zhitong/**/*.py")]
    )
    mentioned = set(re.findall(r"decisions?[/ ](\d{4})\b", told))
    assert mentioned <= known, listed(mentioned - known)
