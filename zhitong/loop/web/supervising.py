"""The supervisor's board: where matters stand, township by township, and how it came to be so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhitong.kernel.areas.codes import code_of
from zhitong.kernel.areas.queries import labels
from zhitong.kernel.clock import now
from zhitong.kernel.errors import Sentence
from zhitong.kernel.pages import page
from zhitong.loop.categories import CATEGORIES
from zhitong.loop.queries import View, supervising
from zhitong.loop.queries.rates import By, Of
from zhitong.loop.queries.supervising import Course, Flow, Stand
from zhitong.loop.web.lines import drawn
from zhitong.loop.web.rates import Asked, asked, behind, period_name, periods
from zhitong.shell.navigation import address

MOST_THEMES = 8
MOST_POINTS = 45
"""A line has no more points than this: of a long time it shows every second day, or fewer."""
LINK = '<a href="{}" class="tone tone--{}">{}</a>'
NONE = '<span class="soft">{}</span>'


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the table with the way to its matters; zero leads nowhere."""

    label: Sentence
    count: int
    url: str
    tone: str = "plain"

    @property
    def shown(self) -> SafeString:
        """The number as a link to its matters."""
        return format_html(LINK, self.url, self.tone, self.count) if self.count else NOTHING


NOTHING = format_html(NONE, 0)


@dataclass(frozen=True, slots=True)
class Place:
    """One township: its numbers, and the lines of how much stood open there and was late."""

    name: Sentence
    numbers: Sequence[Number]
    open_line: str = ""
    late_line: str = ""
    told: str = ""


@require_safe
@page(permit="loop.rates")
def board(request: HttpRequest) -> HttpResponse:
    """Open, late, at risk by now; sent back, reopened and received in the period asked for."""
    wanted = asked(request)
    days = days_of(wanted.months, timezone.localdate(now()))
    context = {"asked": wanted, "periods": periods(wanted), "period": period_name(wanted.period)}
    return render(request, "loop/supervising.html", context | _places(wanted, days))


def days_of(months: Sequence[date], today: date) -> list[date]:
    """The days that a line shows, in order, up to the last of the period or today."""
    following = (max(months) + timedelta(days=31)).replace(day=1)
    last, first = min(following - timedelta(days=1), today), min(months)
    every = (last - first).days // MOST_POINTS + 1
    count = (last - first).days // every + 1
    return [last - timedelta(days=every * back) for back in reversed(range(count))]


def _places(wanted: Asked, days: Sequence[date]) -> dict[str, Any]:
    courses, flows = supervising.courses(days), supervising.flows(wanted.months)
    towns = sorted({*supervising.towns_within_reach(), *courses, *flows})
    names = labels(code_of(town) for town in towns)
    most = max((stand.open for each in courses.values() for stand in each.days.values()), default=0)
    found = [
        Place(
            names[code_of(town)],
            _numbers(wanted, town, _now(courses.get(town)), flows.get(town, Flow())),
            *_lines(_on(courses.get(town), days), most),
        )
        for town in towns
    ]
    found.sort(key=lambda place: [-number.count for number in place.numbers[:3]])
    return {
        "places": found,
        "whole": Place(_("All"), _numbers(wanted, "", *_sums(courses, flows))),
        "counted": max((course.at for course in courses.values()), default=None),
        "themes": _themes(wanted),
        "days": days,
        "most": most,
    }


def _now(course: Course | None) -> Stand:
    return course.now if course else Stand()


def _on(course: Course | None, days: Sequence[date]) -> list[Stand | None]:
    return [course.days.get(day) if course else None for day in days]


def _sums(courses: Mapping[str, Course], flows: Mapping[str, Flow]) -> tuple[Stand, Flow]:
    stands = [(course.now.open, course.now.late, course.now.risk) for course in courses.values()]
    moved = [(flow.received, flow.returned, flow.reopened) for flow in flows.values()]
    stand = Stand(*map(sum, zip(*stands, strict=True)))
    return stand, Flow(*map(sum, zip(*moved, strict=True)))


def _lines(stands: Sequence[Stand | None], most: int) -> tuple[str, str, str]:
    """What stood open and what was late as lines on the common scale, and both in words."""
    known = [stand for stand in stands if stand]
    if not known:
        return "", "", ""
    scale = most or 1
    words = _("Open: first %(first)s, at most %(most)s, last %(last)s. Late: at most %(late)s.")
    return (
        drawn([stand.open / scale if stand else None for stand in stands]),
        drawn([stand.late / scale if stand else None for stand in stands]),
        words
        % {
            "first": known[0].open,
            "most": max(stand.open for stand in known),
            "last": known[-1].open,
            "late": max(stand.late for stand in known),
        },
    )


def _numbers(wanted: Asked, town: str, stand: Stand, flow: Flow) -> list[Number]:
    """The numbers of one line, in the order of the table."""
    return [
        Number(_("Late"), stand.late, _listed(View.LATE, town), "late"),
        Number(_("At risk"), stand.risk, _listed(View.RISK, town), "soon"),
        Number(_("Open"), stand.open, _listed(View.NEXT, town)),
        Number(_("Returned"), flow.returned, _behind(wanted, Of.RETURNED, town)),
        Number(_("Reopened"), flow.reopened, _behind(wanted, Of.REOPENED, town)),
        Number(_("Came in"), flow.received, _behind(wanted, Of.MATTERS, town)),
    ]


def _listed(view: View, town: str) -> str:
    narrowed = {"town": code_of(town)} if town else {}
    return f"{address('loop:board')}?{urlencode({'view': view.value} | narrowed)}"


def _behind(wanted: Asked, of: Of, town: str) -> str:
    return behind(wanted, of, town, by=By.TOWN.value)


def _themes(wanted: Asked) -> list[tuple[Number, int]]:
    """What most matters of the period are about, and per cent of all of them."""
    counted = supervising.themes(wanted.months)
    whole = sum(counted.values()) or 1
    most = sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:MOST_THEMES]
    return [(_theme(wanted, *one), round(one[1] * 100 / whole)) for one in most]


def _theme(wanted: Asked, key: str, matters: int) -> Number:
    label = CATEGORIES[key].label if key in CATEGORIES else key
    return Number(label, matters, behind(wanted, Of.MATTERS, key, by=By.CATEGORY.value))
