"""What the loop does by the clock."""

import time

from zhitong.kernel.databases.reach import beyond_reach
from zhitong.kernel.scope import acting
from zhitong.kernel.timers import every
from zhitong.loop import photos
from zhitong.loop.actions.counting import catch_up, publish_what_is_over
from zhitong.loop.models import Photo
from zhitong.loop.queries.counting import counting_scope

MINUTE = 60.0
HOUR = 3600.0
SWEEP_AFTER = 24 * HOUR


@every(seconds=HOUR, name="loop.sweep_photos")
def sweep_photos() -> int:
    """Remove picture files that no row names: what a crash left between file and commit.

    Rows are looked for past every reach: a row that was only out of sight would lose its picture.
    """
    gone = 0
    for files in photos.stray(time.time() - SWEEP_AFTER):
        with beyond_reach():
            kept = set(Photo.unguarded.filter(pk__in=files).values_list("pk", flat=True))
        for id in files.keys() - kept:
            files[id].unlink(missing_ok=True)
            gone += 1
    return gone


@every(seconds=MINUTE, name="loop.count_rates")
def count_rates() -> int:
    """Count the three rates up to now, then publish the months that are over for long enough."""
    with acting(counting_scope()):
        return publish_what_is_over() if catch_up() else 0
