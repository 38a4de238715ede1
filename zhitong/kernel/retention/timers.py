"""When the sweep runs, and when the night's work is done."""

from datetime import timedelta

from django.utils import timezone

from zhitong.kernel.clock import now
from zhitong.kernel.retention.models import RetentionRun
from zhitong.kernel.retention.registry import NIGHT, SWEEP
from zhitong.kernel.retention.running import run
from zhitong.kernel.retention.sweeping import sweep
from zhitong.kernel.timers import every

HOURS = range(1, 5)
"""From one to five in the morning, by the county's clock."""


CLEAR_AFTER = timedelta(days=6, hours=12)
"""Once a week the database is written anew: it holds others up, if only at night."""


@every(seconds=3600, name=SWEEP)
def sweep_what_is_over() -> None:
    """Remove rows whose time is over."""
    sweep()


@every(seconds=600, name=NIGHT)
def end_what_is_over() -> None:
    """At night: empty records whose time is over, some minutes at a time, until all are done."""
    here = timezone.localtime(now())
    done = RetentionRun.objects.filter(night=here.date(), ended_at__isnull=False).exists()
    if here.hour in HOURS and not done:
        run(clear_after=CLEAR_AFTER)
