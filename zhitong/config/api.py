"""The JSON API: one OpenAPI 3.1 document, refusals as JSON in the reader's language."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError
from ninja.renderers import JSONRenderer
from ninja.throttling import BaseThrottle

from zhitong import __version__
from zhitong.kernel.errors import Refusal, Sentence, TooMany
from zhitong.kernel.identity import pace
from zhitong.kernel.scope import current
from zhitong.loop.api import router as loop


class Readable(JSONRenderer):
    """JSON in which people can read Chinese as well."""

    json_dumps_params = {"ensure_ascii": False}


class PerKey(BaseThrottle):
    """So many calls per key; who shows no key is refused before it costs anything."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Count the call."""
        actor = current().actor
        return not actor.startswith("client:") or pace.allowed(actor)

    def wait(self) -> float:
        """Seconds until the key may call again, for Retry-After."""
        return pace.pause(current().actor)


api = NinjaAPI(
    title="Zhitong 直通",
    version=__version__,
    description="Open matters from partner systems and follow them. Send the key as a bearer "
    "token. Every refusal has a code for programs and a message for people.",
    docs_url=None,
    openapi_url="/openapi.json",
    renderer=Readable(),
    throttle=PerKey(),
)
api.add_router("/v1", loop)


WRONG = {
    "missing": _("This is missing."),
    "string_type": _("This must be text."),
    "string_too_short": _("This must not be empty."),
    "string_too_long": _("This is too long."),
    "too_long": _("These are too many."),
}
OTHERWISE = _("This does not have the documented form.")
TOO_FAST = _(
    "This key has made too many calls in a short time. Nothing was taken. Send it again after as "
    "many seconds as Retry-After says."
)


def _place(where: tuple[str | int, ...]) -> str:
    return ".".join(str(part) for part in where if part != "body")


def _answer(
    request: HttpRequest, status: int, code: str, message: Sentence, fields: dict[str, str]
) -> HttpResponse:
    body = {"code": code, "message": str(message), "fields": fields}
    response = api.create_response(request, body, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A rule said no."""
    fields = {name: str(sentence) for name, sentence in refusal.fields.items()}
    return _answer(request, refusal.status, refusal.code, refusal.message, fields)


@api.exception_handler(Throttled)
def too_fast(request: HttpRequest, refusal: Throttled) -> HttpResponse:
    """The key calls too often; django-ninja adds Retry-After."""
    del refusal
    return _answer(request, TooMany.status, TooMany.code, TOO_FAST, {})


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """The body does not have the documented form; what was sent is not echoed."""
    fields = {_place(each["loc"]): str(WRONG.get(each["type"], OTHERWISE)) for each in error.errors}
    message = _("The body does not have the documented form.")
    return _answer(request, 400, "invalid", message, fields)


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """The body is no JSON at all."""
    message = _("The body cannot be read as JSON in UTF-8.")
    return _answer(request, error.status_code, "invalid", message, {})
