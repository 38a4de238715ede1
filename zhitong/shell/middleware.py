"""A refusal that leaves a view becomes a page, or for htmx a fragment, with its status."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from zhitong.kernel.errors import Refusal
from zhitong.shell.errors import refused


class RefusalMiddleware:
    """Answers a Refusal in the reader's language; every other exception goes on as it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Django calls this when a view raised."""
        return refused(request, exception) if isinstance(exception, Refusal) else None
