"""Time: the one clock, and the county's working hours."""

from zhitong.kernel.clock.port import clock_at, now

__all__ = ["clock_at", "now"]
