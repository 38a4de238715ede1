"""Where staff start: the departure board and the search."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from zhitong.kernel.areas.codes import is_code, path_of
from zhitong.kernel.areas.queries import label as label_of_place
from zhitong.kernel.errors import NotFound
from zhitong.kernel.pages import page
from zhitong.kernel.scope import current
from zhitong.loop import queries
from zhitong.loop.queries import View
from zhitong.loop.web import departures

TABS = (
    (View.NEXT, _("Due next")),
    (View.LATE, _("Late")),
    (View.RISK, _("At risk")),
    (View.MINE, _("Mine")),
    (View.NEW, _("Not yet owned")),
)
CODE_LENGTH = 8
LONGEST_KEY = 19  # digits that surely fit into a database key


@require_safe
@page(permit="loop.board")
def board(request: HttpRequest) -> HttpResponse:
    """What is due next, what is late, whose it is; the rows alone when polled by htmx."""
    asked, town = request.GET.get("view", ""), request.GET.get("town", "")
    view = View(asked) if asked in set(View) else View.NEXT
    town = town if is_code(town) else ""
    posts, after = current().posts, request.GET.get("after", "")
    page_ = queries.board(view, owners=posts, town=town and path_of(town), after=after)
    context = {
        "rows": departures.rows(page_.matters, posts),
        "older": _address("loop:board", **_narrowed(view, town), after=page_.following),
        "first": not after,
    }
    return render(request, "loop/board.html", context | _choices(view, town))


def _choices(view: View, town: str) -> dict[str, Any]:
    """The boards to choose from, those that are counted with their numbers; the place, if any."""
    counted = queries.counts(current().posts)
    return {
        "view": view.value,
        "tabs": [(_tab(tab, town), tab.value, label, counted.get(tab)) for tab, label in TABS],
        "limit": queries.COUNT_LIMIT,
        "town": town and label_of_place(town),
    }


def _narrowed(view: View, town: str) -> dict[str, str]:
    return {"view": view.value} | ({"town": town} if town else {})


def _tab(view: View, town: str) -> str:
    return f"?{urlencode(_narrowed(view, town))}"


@require_safe
@page(permit="loop.search")
def search(request: HttpRequest) -> HttpResponse:
    """Matters by their words or code, newest first."""
    query = request.GET.get("q", "").strip()[:200]
    before = request.GET.get("before", "")
    key = int(before) if before.isdecimal() and len(before) < LONGEST_KEY else 0
    known = _by_code(query)
    if known:
        return redirect("loop:matter", known)
    found, on = queries.found(query, before=key)
    posts = current().posts
    context = {
        "query": query,
        "rows": departures.rows(found, posts),
        "older": _address("loop:search", q=query, before=on or ""),
    }
    return render(request, "loop/search.html", context)


def _by_code(query: str) -> str:
    letters = query.replace(" ", "").replace("-", "").upper()
    if len(letters) != CODE_LENGTH or not letters.isascii() or not letters.isalnum():
        return ""
    try:
        return queries.by_code(f"{letters[:4]}-{letters[4:]}").code
    except NotFound:
        return ""


def _address(name: str, **parameters: str | int) -> str:
    """The address of a following page, or '' when the last parameter is empty: no such page."""
    if not list(parameters.values())[-1]:
        return ""
    return f"{reverse(name)}?{urlencode(parameters)}"
