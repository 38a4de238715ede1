"""What the composition root does by the clock."""

from pathlib import Path

from django.conf import settings

from zhitong.config.logs import sweep
from zhitong.kernel.timers import every


@every(seconds=6 * 3600, name="config.sweep_logs")
def sweep_logs() -> None:
    """Log files go after thirty days."""
    sweep(Path(settings.DATA) / "logs")
