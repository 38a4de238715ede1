"""The residents' door: a phone number, then the code that was sent to it."""

from functools import partial
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters

from zhitong.kernel.identity import resident_door
from zhitong.kernel.identity.throttle import address_of
from zhitong.kernel.identity.web.answers import let_in, onward, show, who
from zhitong.kernel.identity.web.forms import CodeForm, PhoneForm
from zhitong.kernel.pages import page

COOKIE = "zhitong_code"
SALT = "identity.one_time_code"
SECONDS = 600


@sensitive_post_parameters()
@page(public=True)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for a code. Which one it is stays with this browser alone."""
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and (
        code := form.does(partial(resident_door.ask, address=address_of(request)))
    ):
        wanted = onward(request)
        query = f"?{urlencode({'next': wanted})}" if wanted else ""
        response = HttpResponseRedirect(reverse("identity:resident_code") + query)
        return _remember(response, code)
    return show(request, "identity/resident.html", form)


@sensitive_post_parameters()
@page(public=True)
def code(request: HttpRequest) -> HttpResponse:
    """Type the code that was sent."""
    asked = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=SECONDS)
    if not asked:
        return redirect("identity:resident_sign_in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and (
        opened := form.does(partial(resident_door.enter, code=UUID(asked), **who(request)))
    ):
        response = let_in(request, opened, home=reverse(settings.RESIDENT_HOME))
        response.delete_cookie(COOKIE)
        return response
    return show(request, "identity/code.html", form)


def _remember(response: HttpResponse, code: UUID) -> HttpResponse:
    response.set_signed_cookie(
        COOKIE,
        str(code),
        salt=SALT,
        max_age=SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response
