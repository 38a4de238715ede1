"""What the desk does by the clock."""

from django.conf import settings

from zhitong.kernel.areas.codes import path_of
from zhitong.kernel.scope import Reach, Scope, acting
from zhitong.kernel.timers import every
from zhitong.lines.microblog.desk import queries
from zhitong.lines.microblog.desk.actions import publish

PERMITS = frozenset({"desk.publish"})


@every(seconds=2, name="desk.publish_due")
def publish_due() -> int:
    """Let out what is due. A note held back in the same moment stays: its row has moved on."""
    reach = Reach((path_of(settings.COUNTY),))
    with acting(Scope("system:desk.publish_due", reach, PERMITS, "publishing")):
        return sum(publish(note=id) for id in queries.due())
