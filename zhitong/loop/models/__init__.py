"""The tables of the loop, a file for each aggregate."""

from zhitong.loop.models.matters import (
    Matter,
    MatterWords,
    Photo,
    Presence,
    Step,
    target_of,
)

__all__ = ["Matter", "MatterWords", "Photo", "Presence", "Step", "target_of"]
