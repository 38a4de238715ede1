"""What the desk does by the clock."""

import logging
from uuid import UUID

from django.conf import settings

from zhitong.kernel.areas.codes import path_of
from zhitong.kernel.bus.faults import Attempt, describe
from zhitong.kernel.scope import Reach, Scope, acting
from zhitong.kernel.timers import every
from zhitong.lines.microblog.desk import queries
from zhitong.lines.microblog.desk.actions import publish

log = logging.getLogger(__name__)
PERMITS = frozenset({"desk.publish"})


@every(seconds=2, name="desk.publish_due")
def publish_due() -> int:
    """Let out what is due. A note held back in the same moment stays: its row has moved on."""
    reach = Reach((path_of(settings.COUNTY),))
    with acting(Scope("system:desk.publish_due", reach, PERMITS, "publishing")):
        return sum(_out(id) for id in queries.due())


def _out(id: UUID) -> bool:
    """One that cannot go out keeps none of the others back."""
    done = False
    with Attempt() as attempt:
        done = publish(note=id)
    if attempt.error is not None:
        log.error("note %s not published: %s", id, describe(attempt.error))
    return done
