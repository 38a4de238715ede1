"""Every request acts in a scope: of the sign-in's cookie, of an API key, or of nobody."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from zhitong.kernel.identity import clients, sign_ins
from zhitong.kernel.identity.domain import Stage
from zhitong.kernel.identity.models import SignIn
from zhitong.kernel.identity.scopes import (
    client_scope,
    public_scope,
    resident_scope,
    staff_scope,
)
from zhitong.kernel.scope import Scope, acting


class ScopeMiddleware:
    """Sets ``request.scope`` and ``request.sign_in`` and runs the rest inside that scope.

    Anonymous requests cost no query, residents one, staff two, programs one. A request that
    shows an API key never uses a cookie; a wrong key is answered with 401 and nothing runs.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sign_in: SignIn | None = None
        if "Authorization" in request.headers:
            client = clients.find(request.headers["Authorization"])
            if client is None:
                return _unauthorised()
            scope = client_scope(client)
        else:
            token = request.COOKIES.get(sign_ins.COOKIE, "")
            sign_in = sign_ins.find(token) if token else None
            scope = _scope_of(sign_in)
        if sign_in is not None:
            sign_ins.touch(sign_in, request)
        request.__dict__.update(scope=scope, sign_in=sign_in)
        with acting(scope):
            return self.get_response(request)


def sign_in_of(request: HttpRequest) -> SignIn | None:
    """The living sign-in of this request, also while it is still at the door."""
    held = getattr(request, "sign_in", None)
    return held if isinstance(held, SignIn) else None


def _scope_of(sign_in: SignIn | None) -> Scope:
    if sign_in is None or sign_in.stage != Stage.OPEN:
        return public_scope()
    if sign_in.account is None:
        return resident_scope(sign_in.resident_key, sign_in.label)
    return staff_scope(sign_in.account)


def _unauthorised() -> HttpResponse:
    told = _("This key is not known, or no longer valid.")
    body = {"code": "unauthorised", "message": told, "fields": {}}
    response = JsonResponse(body, status=401, json_dumps_params={"ensure_ascii": False})
    response.headers["WWW-Authenticate"] = "Bearer"
    response.headers["Cache-Control"] = "no-store"
    return response
