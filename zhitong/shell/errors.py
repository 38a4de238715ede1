"""Error pages: what happened, in the reader's language, and what to do next."""

from dataclasses import dataclass

from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.errors import Denied, Invalid, Refusal, TooLarge
from zhitong.kernel.pages import kind_of, scope_of
from zhitong.shell import routes

Sentence = str | Promise


@dataclass(frozen=True, slots=True)
class Advice:
    """A heading for one status, and the steps that help."""

    title: Sentence
    steps: tuple[Sentence, ...]


ADVICE: dict[int, Advice] = {
    400: Advice(
        _("We could not use what was sent"),
        (
            _("Go back. What you typed is usually still there."),
            _("Check the marked places and send it again."),
        ),
    ),
    403: Advice(
        _("This page is not open to you"),
        (
            _("If you have an account, sign in and try again."),
            _("If the page was open for a long time, go back, reload it and send again."),
        ),
    ),
    404: Advice(
        _("There is nothing at this address"),
        (
            _("Check the address or the tracking code letter by letter."),
            _("Start again from the home page."),
        ),
    ),
    405: Advice(
        _("This page cannot be opened that way"),
        (_("Start again from the home page."),),
    ),
    409: Advice(
        _("Somebody was faster"),
        (_("Reload the page to see how things stand now."), _("Then decide again.")),
    ),
    413: Advice(
        _("That is too large to send"),
        (
            _("Choose fewer or smaller photos."),
            _("Send the words first. You can add photos at the counter later."),
        ),
    ),
    429: Advice(
        _("Too many tries in a short time"),
        (
            _("Wait a few minutes, then try once more."),
            _("This protects other people's codes and passwords from being guessed."),
        ),
    ),
    500: Advice(
        _("Something broke on our side"),
        (
            _("It is not your fault. The error has been recorded."),
            _(
                "Wait a minute and try again. If you were sending something, check whether it "
                "arrived before you send it twice."
            ),
        ),
    ),
}

NOT_YOURS = Advice(
    _("This page is not open to you"),
    (
        _("Go back to where you came from."),
        _("If your work needs it, ask your supervisor."),
    ),
)
SIGN_IN_AGAIN = Advice(
    _("Please sign in"),
    (_("Sign in, open the page again, and send what you copied."),),
)
TOO_OLD = Advice(
    _("This was not sent"),
    (_("Go back, reload the page and send it again."), _("Allow cookies for this site.")),
)
SIGNED_OUT = _("You are not signed in, or were signed out after a pause. Nothing was sent.")
WRITTEN = ("words", "text", "reason")  # the boxes in which people write at length


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page that explains a refusal, with its status; for htmx the fragment, for JSON JSON."""
    if request.content_type == "application/json":
        return _told(refusal)
    fragment = bool(request.headers.get("HX-Request"))
    signed_out = refusal.status == Denied.status and kind_of(scope_of(request)) in {"", "link"}
    if signed_out:
        return _page(request, refusal.status, SIGNED_OUT, advice=SIGN_IN_AGAIN, fragment=fragment)
    return _page(request, refusal.status, refusal.message, refusal.fields, fragment=fragment)


def _told(refusal: Refusal) -> HttpResponse:
    body = {"code": refusal.code, "message": str(refusal.message), "fields": {}}
    response = JsonResponse(body, status=refusal.status, json_dumps_params={"ensure_ascii": False})
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(
    request: HttpRequest,
    status: int,
    message: Sentence = "",
    fields: dict[str, Sentence] | None = None,
    *,
    advice: Advice | None = None,
    fragment: bool = False,
) -> HttpResponse:
    context = {
        "status": status,
        "advice": advice or _advice(request, status),
        "kept": _kept(request) if status != TooLarge.status else "",
        "message": message,
        "fields": fields or {},
    }
    template = "shell/refusal.html" if fragment else "shell/error.html"
    response = HttpResponse(render_to_string(template, context, request), status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _advice(request: HttpRequest, status: int) -> Advice:
    looking = request.method == "GET" and kind_of(scope_of(request)) == "staff"
    return NOT_YOURS if looking and status == Denied.status else ADVICE.get(status, ADVICE[400])


def _kept(request: HttpRequest) -> str:
    """What the person had written at length: nobody shall have to write it twice."""
    try:
        written = [request.POST.get(name, "") for name in WRITTEN]
    except (BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return ""
    return "\n\n".join(words for words in written if words.strip())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400. A body beyond the limits also arrives here and is told apart."""
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent | TooManyFieldsSent):
        return refused(request, TooLarge())
    return refused(request, Invalid())


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403."""
    del exception  # Django passes it by name; what it says is not meant for readers
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404."""
    del exception
    return _page(request, 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: mostly a page that stayed open too long, or cookies switched off."""
    del reason
    return _page(
        request,
        403,
        _("The page was open for too long, or cookies are switched off. Nothing was sent."),
        advice=TOO_OLD,
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500. Touches neither the database nor the request: both may be what broke."""
    del request
    context = {"status": 500, "advice": ADVICE[500], "say_url": routes.door("loop.say")}
    return HttpResponse(render_to_string("shell/error.html", context), status=500)
