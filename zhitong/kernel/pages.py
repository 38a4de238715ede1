"""@page: who may open a view, declared next to it and enforced around it.

Every view carries exactly one rule; a test walks the resolver and fails on a view without one.
A Refusal that leaves the view is turned into a page by the shell's middleware.
"""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import urlencode

from zhitong.kernel.errors import Denied
from zhitong.kernel.scope import Scope, acting

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRule:
    """Who may open a page: everybody, whoever signed in, a resident, or holders of one permit.

    ``line`` names the bus line whose colour the page wears ("" = all three).
    """

    permit: str = ""
    public: bool = False
    signed_in: bool = False
    resident: bool = False
    line: str = ""

    def __post_init__(self) -> None:
        if sum(map(bool, (self.permit, self.public, self.signed_in, self.resident))) != 1:
            raise ValueError("say exactly one of permit, public, signed_in, resident")

    def admits(self, scope: Scope | None) -> bool:
        """Whether the holder of this scope may open the page."""
        if self.public:
            return True
        if scope is None:
            return False
        if self.permit:
            return self.permit in scope.permits
        allowed = {"resident"} if self.resident else {"resident", "staff"}
        return kind_of(scope) in allowed


class Renders(Protocol):
    """A response that renders late, such as TemplateResponse."""

    def render(self) -> HttpResponse:
        """The finished response."""


def scope_of(request: HttpRequest) -> Scope | None:
    """The scope that the identity middleware opened for this request, if it found one."""
    scope = getattr(request, "scope", None)
    return scope if isinstance(scope, Scope) else None


def kind_of(scope: Scope | None) -> str:
    """``staff``, ``resident``, ``link``, ``client``, ``system``, or "" when nobody signed in."""
    kind = scope.actor.partition(":")[0] if scope else ""
    return "" if kind == "public" else kind


def rule_of(view: object) -> PageRule | None:
    """The rule that a view declares, or None."""
    rule = getattr(view, "page_rule", None)
    return rule if isinstance(rule, PageRule) else None


def page(
    *,
    permit: str = "",
    public: bool = False,
    signed_in: bool = False,
    resident: bool = False,
    line: str = "",
) -> Callable[[View[P]], View[P]]:
    """Declare who may open a view, and run it in the request's scope.

    Everything but public pages is never stored by caches. Raises ValueError when imported,
    unless exactly one of the four is said.
    """
    rule = PageRule(permit=permit, public=public, signed_in=signed_in, resident=resident, line=line)

    def declare(view: View[P]) -> View[P]:
        @wraps(view)
        def run(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            response = _admit(rule, request) or _run(view, request, *args, **kwargs)
            if not rule.public:
                response.headers.setdefault("Cache-Control", "no-store")
            return response

        run.__dict__["page_rule"] = rule
        return run

    return declare


def _admit(rule: PageRule, request: HttpRequest) -> HttpResponseBase | None:
    """None when the page is open to this request, or the way to sign in. Raises Denied."""
    scope = scope_of(request)
    if rule.admits(scope):
        return None
    anonymous = kind_of(scope) in {"", "link"}
    if anonymous and request.method in {"GET", "HEAD"} and not request.headers.get("HX-Request"):
        sign_in = settings.RESIDENT_LOGIN_URL if rule.resident else settings.LOGIN_URL
        going_on = urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(f"{resolve_url(sign_in)}?{going_on}")
    raise Denied(reason=rule.permit)


def _run(
    view: View[P], request: HttpRequest, *args: P.args, **kwargs: P.kwargs
) -> HttpResponseBase:
    scope = scope_of(request)
    with acting(scope) if scope else nullcontext():
        response = view(request, *args, **kwargs)
        if hasattr(response, "render"):
            response = cast("Renders", response).render()
        return response
