"""Looking at a year's working days, and deciding about single ones by hand."""

import re
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhitong.kernel.clock import now
from zhitong.kernel.clock.models import DayException
from zhitong.kernel.days import queries
from zhitong.kernel.days.actions import clear_day, set_day
from zhitong.kernel.days.web.forms import DayForm, WhichDayForm
from zhitong.kernel.errors import NotFound, Refusal
from zhitong.kernel.pages import page
from zhitong.kernel.scope import current

UNDO_SECONDS = 600


@require_http_methods(["GET", "HEAD", "POST"])
@page(permit="clock.set_day")
def days(request: HttpRequest) -> HttpResponse:
    """A year's holidays, make-up workdays and exceptions; the form adds an exception."""
    if request.method != "POST":
        return _page(request, DayForm(initial={"working": "0"}))
    form = DayForm(request.POST)
    if form.is_valid():
        before = queries.decided(form.cleaned_data["day"])
        try:
            set_day(**form.cleaned_data)
        except Refusal as problem:
            form.add_error(None, str(problem.message))
        else:
            messages.success(request, _("Kept. Due times set from now on follow it."))
            return _back(form.cleaned_data["day"].year, before)
    return _page(request, form, status=400)


@require_POST
@page(permit="clock.clear_day")
def clear(request: HttpRequest) -> HttpResponse:
    """Take an exception back; for some minutes that can be undone with one click."""
    form = WhichDayForm(request.POST)
    before = queries.decided(form.cleaned_data["day"]) if form.is_valid() else None
    if before is None:
        raise NotFound
    clear_day(day=before.day)
    messages.success(request, _("Taken back. The general rule decides about the day again."))
    return _back(before.day.year, before)


def _back(year: int, before: DayException | None) -> HttpResponse:
    """To the year's page, with what stood there before, so that it can be put back."""
    query: dict[str, str | int] = {"year": year}
    if before:
        kept = {"day": f"{before.day}", "working": f"{before.working:d}"}
        kept |= {"name": before.name, "source": before.source}
        query["undo"] = signing.dumps(kept, salt=_salt())
    return redirect(f"{reverse('days:days')}?{urlencode(query)}")


def _undo(token: str) -> dict[str, Any] | None:
    """What a click can put back. Only what this person took away here, and not for long."""
    try:
        kept: dict[str, Any] = signing.loads(token, salt=_salt(), max_age=UNDO_SECONDS)
    except signing.BadSignature:
        return None
    return kept


def _salt() -> str:
    return f"days.undo:{current().actor}"


def _page(request: HttpRequest, form: DayForm, status: int = 200) -> HttpResponse:
    year = _year(request.GET.get("year", ""))
    first, last = queries.years()
    context = {
        "form": form,
        "year": year,
        "known": queries.known(year),
        "last_known": last - queries.AHEAD,
        "earlier": year - 1 if year > first else None,
        "later": year + 1 if year < last else None,
        "exceptions": queries.by_hand(year),
        "runs": queries.runs(year),
        "undo": _undo(request.GET.get("undo", "")),
    }
    return render(request, "days/days.html", context, status=status)


def _year(text: str) -> int:
    """The year that was asked for; the present one for whatever is none that can be shown."""
    first, last = queries.years()
    asked = int(text) if re.fullmatch("[0-9]{4}", text) else 0
    if first <= asked <= last:
        return asked
    return min(timezone.localdate(now()).year, last)
