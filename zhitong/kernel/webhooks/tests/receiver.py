"""A partner's server on this machine: it keeps what it is sent and answers as it is told."""

import base64
import hmac
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django.test import override_settings


@dataclass
class Receiver:
    """What came in, and what is answered: the last status again and again."""

    url: str = ""
    statuses: list[int] = field(default_factory=lambda: [204])
    headers: dict[str, str] = field(default_factory=dict)
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)

    def next_status(self) -> int:
        return self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Listen for the length of the block; the settings name this machine."""
    receiver = Receiver()
    receiver.gate.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.got.append(({k.lower(): v for k, v in self.headers.items()}, body))
            receiver.gate.wait(5)
            self.send_response(receiver.next_status())
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    receiver.url = f"http://127.0.0.1:{server.server_port}/in"
    with override_settings(OUTBOUND_NEAR=frozenset({"127.0.0.1"})):
        yield receiver
    server.shutdown()
    server.server_close()
    thread.join(5)


def proven(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """What a receiver checks, written down apart from how we sign."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    content = b".".join(
        [headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body]
    )
    good = base64.b64encode(hmac.new(key, content, sha256).digest()).decode()
    offered = (one.partition(",") for one in headers["webhook-signature"].split(" "))
    return any(version == "v1" and hmac.compare_digest(one, good) for version, _, one in offered)
