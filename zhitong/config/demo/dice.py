"""The demo's dice."""

from random import Random


def dice(seed: str) -> Random:
    """A source of choices that are the same for the same seed, on every machine."""
    return Random(seed)  # noqa: S311 - nothing that is drawn here is secret
