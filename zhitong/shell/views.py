"""The pages that belong to no module: home, about, privacy, language and the house style."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from zhitong.kernel.pages import kind_of, page, scope_of
from zhitong.shell import routemap, routes
from zhitong.shell.journey import LABELS, MEANINGS, WAY
from zhitong.shell.showcase import specimens


@require_safe
@page(public=True)
def home(request: HttpRequest) -> HttpResponse:
    """The route map: three buses, the loop, and what each can do today."""
    context = {
        "wide": routemap.wide(),
        "narrow": routemap.narrow(),
        "lines": [(line, routes.stops_of(line)) for line in routes.LINES],
        "loop": routes.LOOP,
        "loop_stops": routes.stops_of(routes.LOOP),
        "way": [(LABELS[key], MEANINGS[key]) for key in WAY],
    }
    return render(request, "shell/home.html", context)


@require_safe
@page(public=True)
def about(request: HttpRequest) -> HttpResponse:
    """What this is, who is behind it, and what it is not."""
    return render(request, "shell/about.html")


@require_safe
@page(public=True)
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about people, who may see it, and what they can do about it."""
    return render(request, "shell/privacy.html")


@require_safe
@page(public=True)
def style(request: HttpRequest) -> HttpResponse:
    """Every component on one page, for those who build pages: in demo mode, or for staff."""
    if not settings.DEMO and kind_of(scope_of(request)) != "staff":
        raise Http404
    return render(request, "shell/style.html", specimens())


@require_POST
@page(public=True)
def language(request: HttpRequest) -> HttpResponseBase:
    """Remember the reader's language in a cookie and go back to where they were."""
    return set_language(request)
