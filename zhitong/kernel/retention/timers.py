"""When the sweep runs."""

from zhitong.kernel.retention.registry import SWEEP
from zhitong.kernel.retention.sweeping import sweep
from zhitong.kernel.timers import every


@every(seconds=3600, name=SWEEP)
def sweep_what_is_over() -> None:
    """Remove rows whose time is over."""
    sweep()
