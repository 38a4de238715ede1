"""Refusing forms that are not UTF-8 before anybody reads them."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, UnreadablePostError

FORM = "application/x-www-form-urlencoded"


class Utf8Middleware:
    """Answers 400 to a form whose raw body is not UTF-8.

    Django would read such a body as Latin-1, and a resident's words in GBK would be kept as
    nonsense instead of being sent back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Check the body, then go on."""
        if request.content_type == FORM:
            try:
                request.body.decode("utf-8")
            except (UnicodeDecodeError, UnreadablePostError) as error:
                raise BadRequest("the form is not UTF-8, or was cut off") from error
        return self.get_response(request)
