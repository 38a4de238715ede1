"""One call by HTTP/1.1 (RFC 9112): pinned to a checked address, bounded in time and size.

Redirects are answers like any other and never followed. No proxy of the environment is used.
"""

import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from zhitong.kernel.outbound.addresses import Target, addresses_of, target_of
from zhitong.kernel.outbound.trouble import Kind, OutboundTrouble

AGENT = "Zhitong"
GZIP_OR_ZLIB = 47  # zlib: find out which of the two it is, window of 15 bits
IDENTITY = {"", "identity"}
PACKED = {"gzip", "x-gzip", "deflate"}
PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long a call may take in all, and how many bytes its answer may hold, unpacked too."""

    seconds: float = 10.0
    size: int = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


USUAL = Bounds()


def call(
    method: str,
    url: str,
    *,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    bounds: Bounds = USUAL,
) -> Answer:
    """Send a request and read its answer. Raises OutboundTrouble."""
    target = target_of(url)
    ends = time.monotonic() + bounds.seconds
    sent = {"User-Agent": AGENT, "Accept-Encoding": "identity", "Connection": "close"}
    connection = _Pinned(target, addresses_of(target), ends)
    try:
        connection.request(method, target.path, body, {**sent, **(headers or {})})
        with connection.getresponse() as answer:
            told = {name.lower(): value for name, value in answer.getheaders()}
            packed = _read(answer, bounds.size)
        if time.monotonic() >= ends:
            raise OutboundTrouble(Kind.TOO_SLOW)
        return Answer(answer.status, told, _unpacked(packed, told, bounds.size))
    except OutboundTrouble:
        raise
    except ssl.SSLCertVerificationError as problem:
        raise OutboundTrouble(Kind.UNTRUSTED) from problem
    except (OSError, http.client.HTTPException, ValueError) as problem:
        raise OutboundTrouble(_kind(problem, ends)) from problem
    finally:
        connection.close()


def _kind(problem: Exception, ends: float) -> Kind:
    if isinstance(problem, TimeoutError) or time.monotonic() >= ends:
        return Kind.TOO_SLOW
    return Kind.NO_ANSWER if isinstance(problem, OSError) else Kind.BROKEN


def _read(answer: http.client.HTTPResponse, size: int) -> bytes:
    """The body as it was sent. Raises OutboundTrouble when it goes on after ``size`` bytes."""
    pieces, held = [], 0
    while piece := answer.read(min(PIECE, size + 1 - held)):
        pieces.append(piece)
        held += len(piece)
        if held > size:
            raise OutboundTrouble(Kind.TOO_LARGE)
    if answer.length:
        raise http.client.IncompleteRead(b"")
    return b"".join(pieces)


def _unpacked(body: bytes, headers: Mapping[str, str], size: int) -> bytes:
    """The body itself, unpacked no further than ``size``: we asked for it as it is."""
    coding = headers.get("content-encoding", "").strip().lower()
    if coding in IDENTITY or not body:
        return body
    if coding not in PACKED:
        raise OutboundTrouble(Kind.BROKEN)
    try:
        unpacked = zlib.decompressobj(GZIP_OR_ZLIB).decompress(body, size + 1)
    except zlib.error as problem:
        raise OutboundTrouble(Kind.BROKEN) from problem
    if len(unpacked) > size:
        raise OutboundTrouble(Kind.TOO_LARGE)
    return unpacked


@cache
def _trust() -> ssl.SSLContext:
    """The certificates that the operating system trusts."""
    return ssl.create_default_context()


class _Pinned(http.client.HTTPConnection):
    """A connection to one of the addresses that were looked at, and to no other.

    At its end the socket is shut, whatever is going on: a server that sends a byte now and then
    does not keep us.
    """

    def __init__(self, target: Target, addresses: list[str], ends: float) -> None:
        super().__init__(target.authority, timeout=max(0.1, ends - time.monotonic()))
        self.target = target
        self.addresses = addresses
        self.ends = ends
        self.bell: threading.Timer | None = None

    def connect(self) -> None:
        """Connect to the first address that answers, and prove whose it is."""
        self.sock = self._connected()
        self.bell = threading.Timer(max(0.0, self.ends - time.monotonic()), self._shut)
        self.bell.daemon = True
        self.bell.start()
        if self.target.scheme == "https":
            named = self.target.host
            self.sock = _trust().wrap_socket(
                self.sock, server_hostname=named, do_handshake_on_connect=False
            )
            self.sock.do_handshake()

    def close(self) -> None:
        """Let go, and stop waiting for the end."""
        if self.bell is not None:
            self.bell.cancel()
        super().close()

    def _connected(self) -> socket.socket:
        problem: OSError = TimeoutError()
        for address in self.addresses:
            left = self.ends - time.monotonic()
            if left <= 0:
                break
            try:
                return socket.create_connection((address, self.target.port), left)
            except OSError as error:
                problem = error
        raise problem

    def _shut(self) -> None:
        held = self.sock
        if held is not None:
            try:
                held.shutdown(socket.SHUT_RDWR)
            except OSError:
                return
