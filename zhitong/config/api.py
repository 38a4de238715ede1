"""The JSON API: one OpenAPI 3.1 document, refusals as JSON in the reader's language."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from zhitong import __version__
from zhitong.kernel.errors import Refusal
from zhitong.loop.api import router as loop

api = NinjaAPI(
    title="Zhitong 直通",
    version=__version__,
    description="Open matters from partner systems and follow them. Send the key as a bearer "
    "token. Every refusal has a code for programs and a message for people.",
    docs_url=None,
    openapi_url="/openapi.json",
)
api.add_router("/v1", loop)


def _answer(
    request: HttpRequest, status: int, code: str, message: str, fields: dict[str, str]
) -> HttpResponse:
    body = {"code": code, "message": message, "fields": fields}
    response = api.create_response(request, body, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A rule said no."""
    fields = {name: str(sentence) for name, sentence in refusal.fields.items()}
    return _answer(request, refusal.status, refusal.code, str(refusal.message), fields)


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """The body does not have the documented form; what was sent is not echoed."""
    fields = {".".join(map(str, each["loc"][1:])): str(each["msg"]) for each in error.errors}
    message = _("The body does not have the documented form.")
    return _answer(request, 400, "invalid", message, fields)


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """The body is no JSON at all."""
    message = _("The body cannot be read as JSON in UTF-8.")
    return _answer(request, error.status_code, "invalid", message, {})
