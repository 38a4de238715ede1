"""What one's posts were reminded of, and told is late: a digest instead of a flood of messages."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from zhitong.kernel.pages import page
from zhitong.kernel.scope import current
from zhitong.loop import queries
from zhitong.loop.domain.ladder import Rung
from zhitong.loop.domain.policy import Target
from zhitong.loop.models import Reminder
from zhitong.loop.queries.returning import told
from zhitong.loop.web.clockwords import OWED
from zhitong.loop.web.departures import title

RUNGS: dict[int, tuple[str, Promise]] = {
    Rung.FAR: ("late", pgettext_lazy("rung", "Long late")),
    Rung.OVER: ("late", pgettext_lazy("rung", "Late")),
    Rung.MOST: ("soon", pgettext_lazy("rung", "Four fifths of the time used")),
    Rung.HALF: ("plain", pgettext_lazy("rung", "Half of the time used")),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One reminder as it is read."""

    code: str
    title: str
    owed: Promise
    row: Reminder


@require_safe
@page(permit="loop.board")
def reminders(request: HttpRequest) -> HttpResponse:
    """The open matters of one's posts, by how far their time has gone."""
    rows = queries.reminders(current().posts)
    groups = [
        (tone, label, [_told(row) for row in rows if row.rung == rung])
        for rung, (tone, label) in RUNGS.items()
    ]
    context = {
        "groups": [each for each in groups if each[2]],
        "returns": [(row, title(row.matter.words)) for row in told(current().posts)],
    }
    return render(request, "loop/reminders.html", context)


def _told(row: Reminder) -> Told:
    return Told(row.matter.code, title(row.matter.words), OWED[Target(row.target)], row)
