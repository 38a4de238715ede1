"""Templates keep to the content security policy: nothing inline, nothing from elsewhere."""

import re
from pathlib import Path

import pytest

TEMPLATES = sorted((Path(__file__).parents[1] / "templates").rglob("*.html"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_nothing_inline(template):
    source = template.read_text("utf-8")
    assert not re.search(r"\sstyle\s*=", source)
    assert not re.search(r"<style\b", source)
    assert not re.search(r"\son[a-z]+\s*=", source)
    assert not re.search(r"<script(?![^>]*\ssrc=)", source)
    assert "javascript:" not in source
    assert not re.search(r"hx-(on|vals=.js|vars)", source)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_nothing_from_elsewhere(template):
    assert not re.search(r"(src|href|action)=\"(https?:)?//", template.read_text("utf-8"))
