"""What the views of identity have in common: showing a form, and letting somebody in."""

from typing import Any, TypedDict

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from zhitong.kernel.errors import Denied
from zhitong.kernel.identity import sign_ins
from zhitong.kernel.identity.actions.doors import Opened
from zhitong.kernel.identity.domain import Stage, same_site_path
from zhitong.kernel.identity.middleware import sign_in_of
from zhitong.kernel.identity.models import Account, SignIn
from zhitong.kernel.identity.scopes import staff_scope
from zhitong.kernel.identity.throttle import address_of
from zhitong.kernel.identity.web.forms import Door

NEXT_DOOR = {Stage.SECOND: "identity:second", Stage.RENEW: "identity:first_password"}


class Came(TypedDict):
    """Where a request comes from."""

    address: str
    agent: str


def show(request: HttpRequest, template: str, form: Door, **more: Any) -> HttpResponse:
    """A form page that no cache keeps, with the status of its refusal."""
    context = {"form": form, "next": onward(request), **more}
    response = render(request, template, context, status=form.status)
    response.headers["Cache-Control"] = "no-store"
    return response


def onward(request: HttpRequest) -> str:
    """Where to go on to after the door: a path of this site, or ''."""
    return same_site_path(request.POST.get("next") or request.GET.get("next", ""), default="")


def let_in(request: HttpRequest, opened: Opened, *, home: str = "") -> HttpResponse:
    """Hand the new token out, and go on to the next door or to where they wanted to go."""
    response = HttpResponseRedirect(way_on(request, opened, home=home))
    return with_token(request, response, opened)


def way_on(request: HttpRequest, opened: Opened, *, home: str = "") -> str:
    """The address that follows."""
    wanted = onward(request)
    if opened.stage in NEXT_DOOR:
        query = f"?{urlencode({'next': wanted})}" if wanted else ""
        return reverse(NEXT_DOOR[opened.stage]) + query
    return wanted or home or _home(opened)


def _home(opened: Opened) -> str:
    """The first page that somebody's posts open, by ``settings.STAFF_HOMES``."""
    sign_in = sign_ins.find(opened.token)
    held = staff_scope(sign_in.account).permits if sign_in and sign_in.account else frozenset()
    homes = (page for permit, page in settings.STAFF_HOMES if permit in held)
    return reverse(next(homes, "identity:me"))


def with_token(request: HttpRequest, response: HttpResponse, opened: Opened) -> HttpResponse:
    """The same response with the new token; forms that were open before are void."""
    sign_ins.give_cookie(response, opened.token)
    rotate_token(request)
    return response


def who(request: HttpRequest) -> Came:
    """Where a request comes from, for counting tries and for the list of sign-ins."""
    return {"address": address_of(request), "agent": request.headers.get("User-Agent", "")}


def my_sign_in(request: HttpRequest) -> SignIn:
    """The sign-in of a page that needs one. Raises Denied."""
    sign_in = sign_in_of(request)
    if sign_in is None:
        raise Denied
    return sign_in


def my_account(request: HttpRequest) -> Account:
    """The account of a page that needs one. Raises Denied."""
    identifier = my_sign_in(request).account_id
    if identifier is None:
        raise Denied
    return Account.objects.get(pk=identifier)


def at_stage(request: HttpRequest, stage: Stage) -> SignIn | None:
    """The sign-in that stands at this door, or None."""
    sign_in = sign_in_of(request)
    return sign_in if sign_in is not None and sign_in.stage == stage else None
