"""What the loop does by the clock."""

import time
from uuid import UUID

from django.conf import settings

from zhitong.kernel.areas.codes import path_of
from zhitong.kernel.scope import Reach, Scope, acting
from zhitong.kernel.timers import every
from zhitong.loop import photos, queries

HOUR = 3600.0
SWEEP_AFTER = 24 * HOUR


@every(seconds=HOUR, name="loop.sweep_photos")
def sweep_photos() -> int:
    """Remove picture files that no row names: what a crash left between file and commit."""
    files = {path: path.stem for path in photos.stray(time.time() - SWEEP_AFTER)}
    if not files:
        return 0
    ids = {UUID(hex=stem) for stem in files.values()}
    with acting(
        Scope("system:loop.sweep", Reach((path_of(settings.COUNTY),)), frozenset(), "sweep")
    ):
        kept = queries.photos_known(ids)
    for path, stem in files.items():
        if UUID(hex=stem) not in kept:
            path.unlink(missing_ok=True)
    return len(ids - kept)
