"""Finding what is personal in a text, every time it occurs, and putting a mark in its place."""

from zhitong.kernel.text.personal.finding import find, redacted
from zhitong.kernel.text.personal.kinds import ALL, LABELS, Finding, Kind

__all__ = ["ALL", "LABELS", "Finding", "Kind", "find", "redacted"]
