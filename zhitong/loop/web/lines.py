"""Small lines of development, drawn as the path of an SVG; 96 wide, 24 high, 0 at the bottom."""

from collections.abc import Sequence

WIDTH, HEIGHT, MARGIN = 96, 24, 3


def drawn(values: Sequence[float | None]) -> str:
    """A path through shares of 0 to 1 in order; None leaves a gap, one alone makes a dot."""
    across = (WIDTH - 2 * MARGIN) / max(len(values) - 1, 1)
    parts, pen_down = [], False
    for place, value in enumerate(values):
        if value is None:
            pen_down = False
            continue
        x = round(MARGIN + place * across, 1)
        y = round(HEIGHT - MARGIN - value * (HEIGHT - 2 * MARGIN), 1)
        parts.append(f"L{x} {y}" if pen_down else f"M{x} {y}h.01")
        pen_down = True
    return "".join(parts)
