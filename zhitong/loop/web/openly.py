"""Pages for everybody that caches may keep: no cookie, the same for all, known by content."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers

P = ParamSpec("P")
LANGUAGES = {"zh": "zh-hans", "en": "en"}
KEPT = 60  # seconds: what was withdrawn is gone from caches a minute later
STRANGER: dict[str, Any] = {
    "frame": "shell/base.html",
    "person": "",
    "person_label": "",
    "doors": (),
    "messages": (),
}
"""What the frame shows of somebody who is nobody: a page that is kept must not name its reader."""


def openly(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """In the language that ``lang`` asks for, if any; kept for a minute; 304 when unchanged."""

    @wraps(view)
    def run(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        asked = LANGUAGES.get(request.GET.get("lang", ""), translation.get_language())
        with translation.override(asked):
            response = view(request, *args, **kwargs)
        response.headers["Content-Language"] = asked
        response.headers["Cache-Control"] = f"public, max-age={KEPT}"
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response.headers["ETag"] = etag
        return get_conditional_response(request, etag, None, response) or response

    return run


def leaf(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page as a stranger sees it, with the way to the other language."""
    other = "zh" if (translation.get_language() or "").startswith("en") else "en"
    query = request.GET.copy()
    query["lang"] = other
    told = {"other": other, "other_url": f"?{query.urlencode()}"}
    return render(request, template, STRANGER | told | context)


def absolute(path: str) -> str:
    """An address that works from anywhere."""
    return f"{settings.ADDRESS}{path}"
