"""Half a message is no message: a body that ends before its announced length is an error.

A phone loses its connection in the middle of sending; servers hand over what has arrived, and
a form would be read without its last words and kept as if the resident had said no more.
"""

from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class WholeBody:
    """A request body that raises OSError when it ends too early."""

    def __init__(self, stream: Any, length: int) -> None:
        self._stream = stream
        self._left = length

    def read(self, size: int = -1) -> bytes:
        """As many bytes as asked for, or all that are left."""
        wanted = self._left if size < 0 else min(size, self._left)
        parts = []
        while wanted > 0:
            part = self._counted(self._stream.read(wanted))
            wanted -= len(part)
            parts.append(part)
        return b"".join(parts)

    def readline(self, size: int = -1) -> bytes:
        """At most one line."""
        wanted = self._left if size < 0 else min(size, self._left)
        return self._counted(self._stream.readline(wanted)) if wanted else b""

    def _counted(self, data: bytes) -> bytes:
        if not data:
            raise OSError("the body was cut off")
        self._left -= len(data)
        return data


def whole(application: Application) -> Application:
    """The application, never shown a body that was cut off."""

    def run(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        said = environ.get("CONTENT_LENGTH") or "0"
        length = int(said) if said.isdecimal() else 0
        environ["wsgi.input"] = WholeBody(environ["wsgi.input"], length)
        return application(environ, start_response)

    return run
