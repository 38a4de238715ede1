"""The supervisor's board: where matters stand, township by township, and how it came to be so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhitong.kernel.areas.codes import code_of
from zhitong.kernel.areas.queries import labels
from zhitong.kernel.clock import now
from zhitong.kernel.errors import Sentence
from zhitong.kernel.pages import page
from zhitong.loop.categories import CATEGORIES
from zhitong.loop.domain.rates import Tally, total
from zhitong.loop.queries import View, rates, supervising
from zhitong.loop.queries.rates import By, Of
from zhitong.loop.queries.supervising import Course, Stand
from zhitong.loop.web.lines import drawn
from zhitong.loop.web.rates import Asked, asked, behind, period_name, periods

MOST_THEMES = 8
DAILY = 100
"""A line of more days than this shows one of each week."""
WEEK = 7


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the table, and the way to its matters; '' where there are none."""

    label: Sentence
    count: int
    url: str
    tone: str = ""


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
    """Open, late, at risk by now; passed on, reopened and received in the period asked for."""
    wanted = asked(request)
    days = days_of(wanted.months, timezone.localdate(now()))
    context = {"asked": wanted, "periods": periods(wanted), "period": period_name(wanted.period)}
    return render(request, "loop/supervising.html", context | _places(wanted, days))


def days_of(months: Sequence[date], today: date) -> list[date]:
    """The days that a line shows, in order: every one, or of a long time one in each week."""
    following = (max(months) + timedelta(days=31)).replace(day=1)
    last, first = min(following - timedelta(days=1), today), min(months)
    every = 1 if (last - first).days < DAILY else WEEK
    count = (last - first).days // every + 1
    return [last - timedelta(days=every * back) for back in reversed(range(count))]


def _places(wanted: Asked, days: Sequence[date]) -> dict[str, Any]:
    courses = supervising.courses(days)
    sums = rates.sums(By.TOWN, wanted.months)
    tallies = {town: total(each.values()) for town, each in sums.items()}
    towns = sorted({*supervising.towns_within_reach(), *courses, *tallies})
    names = labels(code_of(town) for town in towns)
    most = max((stand.open for each in courses.values() for stand in each.days.values()), default=0)
    nothing = Course(Stand(), now(), {})
    found = [
        _place(wanted, town, names[code_of(town)], courses.get(town, nothing), tallies, days, most)
        for town in towns
    ]
    found.sort(key=lambda place: [-number.count for number in place.numbers[:3]])
    return {
        "places": found,
        "whole": Place(_("All"), _numbers(wanted, "", _sum(courses), total(tallies.values()))),
        "counted": max((course.at for course in courses.values()), default=None),
        "themes": _themes(wanted),
        "days": days,
        "most": most,
    }


def _sum(courses: Mapping[str, Course]) -> Stand:
    stands = [course.now for course in courses.values()]
    return Stand(
        sum(stand.open for stand in stands),
        sum(stand.late for stand in stands),
        sum(stand.risk for stand in stands),
    )


def _place(
    wanted: Asked,
    town: str,
    name: str,
    course: Course,
    tallies: Mapping[str, Tally],
    days: Sequence[date],
    most: int,
) -> Place:
    stands = [course.days.get(day) for day in days]
    known = [stand for stand in stands if stand]
    return Place(
        name,
        _numbers(wanted, town, course.now, tallies.get(town, Tally())),
        drawn([stand.open / most if stand and most else None for stand in stands]),
        drawn([stand.late / most if stand and most else None for stand in stands]),
        _told(known),
    )


def _told(stands: Sequence[Stand]) -> str:
    """A line in words, for who cannot see it."""
    if not stands:
        return ""
    words = _("Open: first %(first)s, at most %(most)s, last %(last)s. Late: at most %(late)s.")
    return words % {
        "first": stands[0].open,
        "most": max(stand.open for stand in stands),
        "last": stands[-1].open,
        "late": max(stand.late for stand in stands),
    }


def _numbers(wanted: Asked, town: str, stand: Stand, tally: Tally) -> list[Number]:
    """The numbers of one line, in the order of the table."""
    return [
        _number(_("Late"), stand.late, _listed(View.LATE, town), "late"),
        _number(_("At risk"), stand.risk, _listed(View.RISK, town), "soon"),
        _number(_("Open"), stand.open, _listed(View.NEXT, town)),
        _number(_("Passed on"), tally.returned, _behind(wanted, Of.RETURNED, town)),
        _number(_("Reopened"), tally.reopened, _behind(wanted, Of.REOPENED, town)),
        _number(_("Came in"), tally.matters, _behind(wanted, Of.MATTERS, town)),
    ]


def _number(label: str, count: int, url: str, tone: str = "") -> Number:
    return Number(label, count, url if count else "", tone if count else "")


def _listed(view: View, town: str) -> str:
    narrowed = {"town": code_of(town)} if town else {}
    return f"{reverse('loop:board')}?{urlencode({'view': view.value} | narrowed)}"


def _behind(wanted: Asked, of: Of, town: str) -> str:
    return behind(wanted, of, town, by=By.TOWN.value)


def _themes(wanted: Asked) -> list[tuple[Number, Tally, int]]:
    """What most matters of the period are about, and per cent of all of them."""
    sums = rates.sums(By.CATEGORY, wanted.months)
    tallies = {key: total(each.values()) for key, each in sums.items()}
    all_ = sum(tally.matters for tally in tallies.values())
    most = sorted(tallies.items(), key=lambda one: (-one[1].matters, one[0]))[:MOST_THEMES]
    return [
        (
            Number(
                CATEGORIES[key].label if key in CATEGORIES else key,
                tally.matters,
                behind(wanted, Of.MATTERS, key, by=By.CATEGORY.value),
            ),
            tally,
            round(tally.matters * 100 / all_) if all_ else 0,
        )
        for key, tally in most
    ]
