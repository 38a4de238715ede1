"""The guide to the demo names every scene, and its words find it."""

from pathlib import Path

import zhitong
from zhitong.config.demo.scenes import scenes
from zhitong.config.demo.sign_ins import PASSWORD, SIGN_INS

GUIDE = Path(zhitong.__file__).parents[1] / "docs" / "how-to" / "walk-the-demo.md"


def test_every_scene_is_in_the_guide_and_can_be_found(matters):
    text = GUIDE.read_text("utf-8")
    cells = [[cell.strip() for cell in line.split("|")] for line in text.splitlines()]
    told = {row[1]: row[2] for row in cells if len(row) == 5 and len(row[0]) == 0}
    for scene in scenes():
        phrase = told[scene.english]
        assert phrase in scene.words
        assert sum(phrase in matter.words for matter in matters) <= 1, phrase


def test_every_sign_in_is_in_the_guide():
    text = GUIDE.read_text("utf-8")
    assert PASSWORD in text
    for one in SIGN_INS:
        assert one.username in text
        assert one.name in text
