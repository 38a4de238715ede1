"""Pages say what is true: links lead somewhere, commands exist, both languages say the same."""

import re

import pytest

from tests.architecture.source import ROOT, listed
from tests.docs.markdown import Page, page, pages
from zhitong import __version__
from zhitong.config.cli.main import COMMANDS

MOST_BYTES = 150_000
MAKE = re.compile(r"\bmake ([a-z]+)\b")
RUN = re.compile(r"(?:^|`|bin/)zhitong ([a-z]+)\b", re.MULTILINE)


def commands() -> str:
    """Every block and piece of code of every page."""
    text = "\n".join(one.text for one in pages())
    return "\n".join(re.findall(r"^```.*?^```|`[^`\n]+`", text, re.MULTILINE | re.DOTALL))


@pytest.mark.parametrize("here", pages(), ids=lambda here: here.name)
def test_links_lead_somewhere(here: Page):
    lost = []
    for target in here.links():
        name, _sharp, anchor = target.partition("#")
        path = (here.path.parent / name).resolve() if name else here.path
        known = next((one for one in pages() if one.path == path), None)
        if not path.exists() or (anchor and (known is None or anchor not in known.anchors())):
            lost.append(target)
    assert not lost, listed(lost)


def test_commands_of_make_exist():
    rules = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(MAKE.findall(commands()))
    assert {"run", "test"} <= named
    assert named <= rules, listed(named - rules)


def test_commands_of_zhitong_exist():
    named = set(RUN.findall(commands()))
    known = {one.name for one in COMMANDS}
    assert {"serve", "backup", "audit"} <= named
    assert named <= known, listed(named - known)


def test_every_command_stands_in_a_page():
    silent = {one.name for one in COMMANDS} - set(RUN.findall(commands()))
    silent -= set(re.findall(r"`([a-z]+)`", page("CHANGELOG.md").text))
    assert not silent, listed(silent)


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_a_readme_begins_with_the_two_commands(name: str):
    block = page(name).text.split("```")[1].splitlines()[1:]
    assert [line.split("#")[0].strip() for line in block] == ["make run", "make test"]


def test_both_readmes_say_the_same():
    english, chinese = page("README.md"), page("README.zh.md")
    assert len(english.anchors()) == len(chinese.anchors())
    swap = {"README.zh.md": "README.md"}
    assert {swap.get(one, one) for one in chinese.links()} == {
        swap.get(one, one) for one in english.links()
    }


def test_pictures_are_light():
    heavy = [
        path.name
        for path in (ROOT / "docs" / "pictures").iterdir()
        if path.stat().st_size > MOST_BYTES
    ]
    assert not heavy, listed(heavy)


def test_every_page_is_reached_from_the_readme():
    reached, ahead = set(), [page("README.md")]
    while ahead:
        here = ahead.pop()
        if here.name not in reached:
            reached.add(here.name)
            targets = {(here.path.parent / one.partition("#")[0]).resolve() for one in here.links()}
            ahead += [one for one in pages() if one.path in targets]
    lonely = {one.name for one in pages() if one.name.startswith("docs/")} - reached
    assert not lonely, listed(sorted(lonely))


def test_the_change_log_knows_this_version():
    assert f"## [{__version__}]" in page("CHANGELOG.md").text


def test_the_licence_is_whole():
    text = (ROOT / "LICENSE").read_text()
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text
