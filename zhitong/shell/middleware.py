"""What comes in is measured before it is read; a refusal that leaves a view becomes a page."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.errors import Invalid, Refusal, TooLarge
from zhitong.shell.errors import refused

NO_LENGTH = _("The request must say how long it is (Content-Length) before it is sent.")


class BodyMiddleware:
    """Answers 413 to a body beyond its kind's limit before a byte of it is read.

    A body of unknown length, and an address with the character NUL, which no database keeps,
    get 400.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Measure, then go on."""
        refusal = _too_much(request)
        return refused(request, refusal) if refusal else self.get_response(request)


def _too_much(request: HttpRequest) -> Refusal | None:
    said = request.META.get("CONTENT_LENGTH") or ""
    if not said.isdecimal() and (said or "Transfer-Encoding" in request.headers):
        return Invalid(NO_LENGTH)
    limit = settings.UPLOAD_LIMITS.get(request.content_type or "", settings.UPLOAD_LIMIT)
    if said and (len(said) > len(str(limit)) or int(said) > limit):
        return TooLarge()
    if "%00" in request.META.get("QUERY_STRING", ""):
        return Invalid()
    return None


class WrongMethod(Refusal):
    """The page is for looking and was sent something, or the other way round."""

    status = 405
    code = "method"
    sentence = _("The address is right, but it is only for sending or only for looking.")


class RefusalMiddleware:
    """Answers a Refusal in the reader's language; every other exception goes on as it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Put words into Django's empty answer to a wrong method, and go on."""
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed):
            return response
        told = refused(request, WrongMethod())
        told.headers["Allow"] = response.headers["Allow"]
        return told

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Django calls this when a view raised."""
        return refused(request, exception) if isinstance(exception, Refusal) else None
