"""Due times in one's own calendar: the page to make and end the address, and the feed."""

import hashlib

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhitong.kernel.pages import page
from zhitong.kernel.scope import acting
from zhitong.loop.actions.calendars import end_calendar, fetched, make_calendar
from zhitong.loop.domain.calendar import feed
from zhitong.loop.models import CalendarLink
from zhitong.loop.queries import calendars
from zhitong.loop.web.departures import ANY_CODE


class CalendarForm(forms.Form):
    """When the calendar rings."""

    alarm = forms.TypedChoiceField(
        label=gettext_lazy("Shall it ring?"),
        coerce=int,
        initial="0",
        choices=[
            ("0", gettext_lazy("No")),
            ("30", gettext_lazy("Half an hour before")),
            ("120", gettext_lazy("Two hours before")),
            ("1440", gettext_lazy("A day before")),
        ],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page(permit="loop.make_calendar")
def calendar(request: HttpRequest) -> HttpResponse:
    """The address that one has, and making one, which is shown once."""
    form = CalendarForm(request.POST if request.method == "POST" else None)
    address = ""
    if form.is_valid():
        secret = make_calendar(alarm=form.cleaned_data["alarm"])
        address = settings.ADDRESS + reverse("loop:calendar_feed", args=[secret])
    context = {"form": form, "link": calendars.mine(), "address": address}
    status = 400 if form.errors else 200
    return render(request, "loop/calendar.html", context, status=status)


@require_POST
@page(permit="loop.end_calendar")
def end(request: HttpRequest) -> HttpResponse:
    """The address opens nothing from now on."""
    end_calendar()
    messages.success(request, _("The address opens nothing any more."))
    return redirect("loop:calendar")


@require_safe
@page(public=True)
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """What is due, for whoever holds the secret address; nothing when nothing is new."""
    link = calendars.by_secret(secret)
    body = _written(link)
    fetched(link)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    return get_conditional_response(request, etag=etag, response=response) or response


def _written(link: CalendarLink) -> bytes:
    scope = calendars.link_scope(link)
    page_of_one = settings.ADDRESS + reverse("loop:matter", args=[ANY_CODE])
    url = page_of_one.replace(ANY_CODE, "CODE")
    with acting(scope), override(link.language):
        dues = calendars.dues(link.account_id, scope.posts, url=url)
        return feed(dues, name=_("Due times in Zhitong"), alarm=link.alarm)
