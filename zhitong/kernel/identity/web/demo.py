"""Two pages that exist in demo mode only: signing in by a click, and reading the text messages."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhitong.kernel.errors import NotFound
from zhitong.kernel.identity import staff_door
from zhitong.kernel.identity.web.answers import let_in, onward, who
from zhitong.kernel.pages import page
from zhitong.kernel.sms.demo import latest_messages


@page(public=True)
def sign_in(request: HttpRequest) -> HttpResponse:
    """The demo's people; each button signs one of them in."""
    _require_demo()
    chosen = request.POST.get("username", "")
    for person in settings.DEMO_SIGN_INS:
        if request.method == "POST" and person.username == chosen:
            opened = staff_door.enter(username=chosen, password=person.password, **who(request))
            return let_in(request, opened)
    context = {
        "people": settings.DEMO_SIGN_INS,
        "phone": settings.DEMO_RESIDENT_PHONE,
        "next": onward(request),
    }
    return render(request, "identity/demo_sign_in.html", context)


@require_safe
@page(public=True)
def messages(request: HttpRequest) -> HttpResponse:
    """The newest text messages in full, as their receivers would read them."""
    _require_demo()
    response = render(request, "identity/demo_sms.html", {"sent": latest_messages()})
    response.headers["Cache-Control"] = "no-store"
    return response


def _require_demo() -> None:
    if not settings.DEMO:
        raise NotFound
