"""What programs are told when something fails before the API is reached or beneath it: JSON.

Every answer below ``/api/`` that is an error has the API's own form, with a code for programs
and a message for people, whoever made it.
"""

import sys
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.errors import Denied, Invalid, NotFound, Refusal, TooLarge, TooMany
from zhitong.shell import errors
from zhitong.shell.middleware import WrongMethod

API = "/api/"
KNOWN = (Denied, NotFound, WrongMethod, TooLarge, TooMany)
REFUSALS: dict[int, type[Refusal]] = {kind.status: kind for kind in KNOWN}
AGAIN_AFTER = 5  # seconds


class Broken(Refusal):
    """Something failed that nobody foresaw."""

    status = 500
    code = "broken"
    sentence = _(
        "Something broke on our side and has been recorded. Send it again a little later with the "
        "same identifier: it stays one matter."
    )


class Unavailable(Refusal):
    """The database does not answer, or not in time."""

    status = 503
    code = "unavailable"
    sentence = _(
        "The database cannot be reached just now. Send it again a little later with the same "
        "identifier: it stays one matter."
    )


class ProgramsMiddleware:
    """Puts errors of pages into the API's form where a program asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and look at the answer."""
        response = self.get_response(request)
        if response.status_code < 400 or not _asked_by_program(request):
            return response
        if response.headers.get("Content-Type", "").startswith("application/json"):
            return response
        told = _told(_refusal(response.status_code), response.status_code)
        if "Allow" in response.headers:
            told.headers["Allow"] = response.headers["Allow"]
        return told


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500. Runs while the exception is being handled, which it looks at for programs."""
    if not _asked_by_program(request):
        return errors.server_error(request)
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        told = _told(Unavailable(), Unavailable.status)
        told.headers["Retry-After"] = str(AGAIN_AFTER)
        return told
    return _told(Broken(), Broken.status)


def _asked_by_program(request: HttpRequest) -> bool:
    return request.path_info.startswith(API)


def _refusal(status: int) -> Refusal:
    return REFUSALS.get(status, Invalid)() if status < Broken.status else Broken()


def _told(refusal: Refusal, status: int) -> HttpResponse:
    body = {"code": refusal.code, "message": str(refusal.message), "fields": {}}
    response = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    response.headers["Cache-Control"] = "no-store"
    return response
