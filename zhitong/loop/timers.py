"""What the loop does by the clock."""

import time
from uuid import UUID

from django.conf import settings

from zhitong.kernel.areas.codes import path_of
from zhitong.kernel.clock import now
from zhitong.kernel.clock.queries import business_calendar
from zhitong.kernel.databases.reach import beyond_reach
from zhitong.kernel.mail.intake import fetch
from zhitong.kernel.scope import Reach, Scope, acting
from zhitong.kernel.timers import every
from zhitong.loop import files, photos, queries
from zhitong.loop.actions.counting import catch_up, publish_what_is_over
from zhitong.loop.actions.exporting import FOLDER, KEPT, write_owed
from zhitong.loop.actions.later import GIVE_BACK, SEND, send_all_due
from zhitong.loop.actions.mailing import take_letter
from zhitong.loop.actions.reminding import LOOK_LATER, REMIND, look_later, remind
from zhitong.loop.actions.reporting import ask_what_is_over, make_next
from zhitong.loop.actions.returning import REMIND_RETURN, remind_return
from zhitong.loop.actions.supervising import count_board
from zhitong.loop.models import Photo
from zhitong.loop.queries.counting import counting_scope
from zhitong.loop.queries.reporting import reporting_scope
from zhitong.loop.queries.returning import undecided_in_time
from zhitong.loop.queries.supervising import board_scope

MINUTE = 60.0
HOUR = 3600.0
SWEEP_AFTER = 24 * HOUR


@every(seconds=HOUR, name="loop.sweep_photos")
def sweep_photos() -> int:
    """Remove picture files that no row names: what a crash left between file and commit.

    Rows are looked for past every reach: a row that was only out of sight would lose its picture.
    """
    gone = 0
    for found in photos.stray(time.time() - SWEEP_AFTER):
        with beyond_reach():
            kept = set(Photo.unguarded.filter(pk__in=found).values_list("pk", flat=True))
        for id in found.keys() - kept:
            found[id].unlink(missing_ok=True)
            gone += 1
    return gone


@every(seconds=1, name="loop.write_exports")
def write_exports() -> int:
    """Write the lists that were asked for and are too long to wait for."""
    return write_owed()


@every(seconds=HOUR, name="loop.sweep_exports")
def sweep_exports() -> int:
    """Remove the files of lists a day after they were written."""
    return files.sweep(FOLDER, KEPT.total_seconds())


@every(seconds=30, name="loop.fetch_mail")
def fetch_mail() -> int:
    """Lay what came into the mailbox in its place."""
    return fetch(take_letter)


@every(seconds=20, name="loop.send_waiting")
def send_waiting_answers() -> int:
    """Send the answers whose time has come; what fits no more goes back to its writer."""
    reach = Reach((path_of(settings.COUNTY),))
    permits = frozenset({SEND, GIVE_BACK})
    with acting(Scope("system:loop.later", reach, permits, "sending later")):
        return send_all_due()


@every(seconds=MINUTE, name="loop.count_rates")
def count_rates() -> int:
    """Count the three rates up to now, then publish the months that are over for long enough."""
    with acting(counting_scope()):
        return publish_what_is_over() if catch_up() else 0


@every(seconds=MINUTE, name="loop.count_board")
def count_what_stands_open() -> int:
    """Count what is open, late and at risk in every township, for the supervisor's board."""
    with acting(board_scope()):
        return count_board()


@every(seconds=5 * MINUTE, name="loop.remind_returns")
def remind_of_returns() -> int:
    """Tell who is above of every return that was not decided in time, while they are there."""
    if not business_calendar().is_working(now()):
        return 0
    reach = Reach((path_of(settings.COUNTY),))
    with acting(Scope("system:loop.remind", reach, frozenset({REMIND_RETURN}), "reminding")):
        late = undecided_in_time()
        for id in late:
            remind_return(id=id)
    return len(late)


@every(seconds=5, name="loop.make_reports")
def make_reports() -> int:
    """Go on with the monthly report that has waited longest."""
    with acting(reporting_scope()):
        return make_next()


@every(seconds=HOUR, name="loop.ask_reports")
def ask_reports() -> int:
    """Ask for the county's report of every month that is over for long enough."""
    with acting(reporting_scope()):
        return ask_what_is_over()


@every(seconds=5 * MINUTE, name="loop.remind")
def remind_in_duty_hours() -> int:
    """Climb the ladder of every matter whose time it is, while people are at their desks.

    What is reached at night is told in the morning, all of it on one page.
    """
    if not business_calendar().is_working(now()):
        return 0
    reach = Reach((path_of(settings.COUNTY),))
    permits = frozenset({REMIND, LOOK_LATER})
    with acting(Scope("system:loop.remind", reach, permits, "reminding")):
        return sum(_look_at(id) for id in queries.to_look_at())


def _look_at(id: UUID) -> int:
    fresh, _again = queries.standing(queries.matter(id))
    if fresh:
        return remind(id=id)
    look_later(id=id)
    return 0
