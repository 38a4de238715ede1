"""What may stay of a step when its matter is emptied: what clocks and rates are reckoned from."""

from collections.abc import Mapping
from typing import Any

from zhitong.loop.domain.lives import TERMS

COUNTED = frozenset({TERMS, "outcome", "stars", "to", "from", "left", "item"})
"""Facts of a step by which something is counted, and lines it was handed to. Codes, no words."""


def facts_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a step that stay."""
    return {name: data[name] for name in sorted(COUNTED & data.keys())}
