"""Looking places up: down the tree, or by name, pinyin, initials or code."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from zhitong.kernel.areas import queries
from zhitong.kernel.areas.codes import is_code
from zhitong.kernel.areas.finding import MOST, search
from zhitong.kernel.errors import NotFound
from zhitong.kernel.pages import page

LONGEST = 60


@require_safe
@page(permit="areas.look")
def areas(request: HttpRequest) -> HttpResponse:
    """The places below one, page by page, or what a search has found anywhere."""
    words = request.GET.get("q", "").strip()[:LONGEST]
    code = request.GET.get("at", settings.COUNTY)
    above = queries.chain(code) if is_code(code) else []
    if code and (not above or above[-1].code != code):
        raise NotFound
    context = {"words": words, "above": above, "most": MOST}
    shown = _found(words) if words else _below(code, request.GET.get("after", ""))
    return render(request, "areas/areas.html", context | shown)


def _found(words: str) -> dict[str, Any]:
    places = search(words)
    where = queries.addresses(area.code for area in places)
    return {"found": [(area, where[area.code]) for area in places]}


def _below(code: str, after: str) -> dict[str, Any]:
    listed = queries.listed(code, after=after)
    following = {"at": code, "after": listed.following}
    return {"below": listed.areas, "older": f"?{urlencode(following)}" if listed.following else ""}
