"""What may stay of a step when its matter is emptied: what clocks and rates are reckoned from."""

from collections.abc import Mapping
from typing import Any

from zhitong.loop.domain.lives import TERMS
from zhitong.loop.domain.merging import MEANT, OTHER

COUNTED = frozenset(
    {TERMS, "outcome", "stars", "to", "from", "left", "item", OTHER, MEANT, "stage"}
)
"""Facts of a step by which something is counted, what it was merged with, and lines it was handed
to. Codes, no words."""


def facts_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a step that stay. Where a place was left, from and to are names of villages."""
    named = frozenset({"from", "to"}) if "left" in data else frozenset()
    return {name: data[name] for name in sorted(COUNTED & data.keys() - named)}
