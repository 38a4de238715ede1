"""The tables of the loop, a file for each aggregate."""

from zhitong.loop.models.matters import (
    Matter,
    MatterWords,
    Photo,
    Presence,
    Step,
    target_of,
)
from zhitong.loop.models.policies import PolicyVersion

__all__ = ["Matter", "MatterWords", "Photo", "PolicyVersion", "Presence", "Step", "target_of"]
