"""A QR code is part of the page, says what it carries, and runs nothing."""

import re

from django.template import engines

from tests.doors.trials import read
from zhitong.kernel.media.qr import drawn

LINK = "https://zhitong.example/t/7Q4M-0ZKD-8N2P-5RTX"


def test_it_is_plain_markup() -> None:
    """No inline style, no script, no address that a browser would fetch."""
    html = drawn(LINK, label="Follow")
    assert html.startswith("<svg ")
    assert "<title>Follow</title>" in html
    assert "viewBox" in html, "without it, a style sheet would cut the picture instead of sizing it"
    assert not re.search(r"style=|href=|<script|url\(", html)
    assert not read(html).problems
    assert LINK not in html


def test_a_label_cannot_break_out() -> None:
    """Whatever it is made of."""
    html = drawn(LINK, label='<script>alert("1")</script>')
    assert "<script" not in html


def test_equal_texts_are_drawn_alike_and_others_differently() -> None:
    """The parts of the tag are one text."""
    joined = engines["django"].from_string("{% qr a b %}").render({"a": LINK[:10], "b": LINK[10:]})
    assert joined == drawn(LINK)
    assert drawn(LINK[:-1] + "Y") != joined
