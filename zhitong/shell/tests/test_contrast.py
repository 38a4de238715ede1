"""Every pair of ink and ground that the style sheets use is readable, in light and in dark."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[1] / "static" / "shell"
TEXT, SHAPE = 4.5, 3.0  # WCAG 2.2 success criteria 1.4.3 (AA) and 1.4.11

GROUNDS = ("paper", "surface", "sunken")
LINES = ("ring", "livelihood", "microblog", "station")
INKS = ("ink", "ink-soft", "link", "late", "soon", "good", *LINES)
TEXT_PAIRS = [
    *((ink, ground) for ink in INKS for ground in GROUNDS),
    *((f"on-{line}", line) for line in (*LINES, "late")),
    *(("ink", f"{name}-wash") for name in (*LINES, "late", "soon", "good")),
    *(("ink-soft", f"{name}-wash") for name in ("ring", "late")),
    *((name, f"{name}-wash") for name in (*LINES, "late", "soon", "good")),
    ("link", "late-wash"),
    ("link", "ring-wash"),
    ("on-ring", "ring-strong"),
    *((ink, "flap") for ink in ("flap-ink", "flap-soon", "flap-late")),
]
SHAPE_PAIRS = [
    *((edge, ground) for edge in ("edge", "focus") for ground in GROUNDS),
    ("focus", "focus-gap"),
]


def themes() -> dict[str, dict[str, str]]:
    source = (CSS / "tokens.css").read_text("utf-8")
    light, dark = source.split("@media (prefers-color-scheme: dark)")
    colour = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6});")
    bright = dict(colour.findall(light))
    return {"light": bright, "dark": bright | dict(colour.findall(dark))}


def luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_is_readable(theme):
    colours = themes()[theme]
    poor = {
        f"{ink} on {ground}": round(ratio, 2)
        for ink, ground in TEXT_PAIRS
        if (ratio := contrast(colours[ink], colours[ground])) < TEXT
    }
    assert poor == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_edges_and_focus_are_visible(theme):
    colours = themes()[theme]
    poor = {
        f"{edge} on {ground}": round(ratio, 2)
        for edge, ground in SHAPE_PAIRS
        if (ratio := contrast(colours[edge], colours[ground])) < SHAPE
    }
    assert poor == {}


def test_black_on_white_is_the_greatest_contrast():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("sheet", sorted(CSS.glob("*.css")), ids=lambda path: path.name)
def test_only_tokens_carry_colour_and_no_text_is_small(sheet):
    source = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    if sheet.name not in {"tokens.css", "print.css"}:
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", source) == []
    sizes = re.findall(r"font(?:-size)?:[^;]*?([\d.]+)(rem|px)\b", source)
    small = [(size, unit) for size, unit in sizes if float(size) < (1 if unit == "rem" else 16)]
    assert small == []
    assert len(source.splitlines()) <= 300
