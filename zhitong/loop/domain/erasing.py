"""What may become of a matter when its resident asks for it to be erased."""

from zhitong.kernel.rights.domain import Fate
from zhitong.loop.domain.lifecycle import ENDED, Stage


def fate_of(stage: Stage) -> Fate:
    """Open: it is still being worked on. Taken back by the resident: nothing has to be shown later.
    Any other end: what an authority did stays on record for a time, and a person weighs it."""
    if stage not in ENDED:
        return Fate.STAYS
    return Fate.FREE if stage is Stage.WITHDRAWN else Fate.WEIGHED
