"""What every page of the shell knows: demo mode, who is signed in, which doors are open."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from zhitong.kernel.pages import kind_of, scope_of
from zhitong.shell import navigation, routes


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor of every page."""
    scope = scope_of(request)
    match = request.resolver_match
    rule = getattr(match.func, "page_rule", None) if match else None
    return {
        "line": getattr(rule, "line", ""),
        "demo": bool(getattr(settings, "DEMO", False)),
        "person": kind_of(scope),
        "frame": f"shell/{'desk' if kind_of(scope) == 'staff' else 'base'}.html",
        "person_label": scope.label if scope else "",
        "sign_in_url": settings.RESIDENT_LOGIN_URL,
        "staff_sign_in_url": settings.LOGIN_URL,
        "doors": SimpleLazyObject(lambda: navigation.doors_for(scope, request.path)),
        "strip": SimpleLazyObject(
            lambda: navigation.strip_of(navigation.doors_for(scope, request.path))
        ),
        "say_url": SimpleLazyObject(lambda: routes.door("loop.say")),
        "track_url": SimpleLazyObject(lambda: routes.door("loop.track")),
        "news_url": SimpleLazyObject(lambda: routes.door("microblog.news")),
        "rates_url": SimpleLazyObject(lambda: navigation.address("loop:open_rates")),
        "answers_url": SimpleLazyObject(lambda: navigation.address("loop:open_answers")),
        "here": request.get_full_path() if request.method == "GET" else "/",
    }
