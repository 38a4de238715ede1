"""A server that means harm gets a bounded call and nothing else."""

import gzip
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.test import override_settings

from zhitong.kernel.outbound.calling import Bounds, call
from zhitong.kernel.outbound.trouble import Kind, OutboundTrouble

NEAR = override_settings(OUTBOUND_NEAR=frozenset({"127.0.0.1", "localhost"}))
OK = b"HTTP/1.1 200 OK\r\n"
Speak = Callable[[socket.socket], None]


def request(connection: socket.socket) -> bytes:
    """What was sent, as long as it says that it is."""
    data = b""
    while b"\r\n\r\n" not in data:
        if not (more := connection.recv(65536)):
            return data
        data += more
    length = re.search(rb"Content-Length: (\d+)", data)
    while length and len(data.partition(b"\r\n\r\n")[2]) < int(length[1]):
        data += connection.recv(65536)
    return data


@contextmanager
def server(speak: Speak) -> Iterator[tuple[str, list[bytes]]]:
    """Something that listens and speaks as the test says; what it heard is kept."""
    heard: list[bytes] = []
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        with connection:
            heard.append(request(connection))
            try:
                speak(connection)
            except OSError:
                return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        with NEAR:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/in", heard
    finally:
        listening.close()
        thread.join(8)


def saying(*parts: bytes) -> Speak:
    return lambda connection: connection.sendall(b"".join(parts))


def trouble_of(speak: Speak, **bounds: Any) -> Kind:
    with server(speak) as (url, _heard), pytest.raises(OutboundTrouble) as trouble:
        call("POST", url, body=b"{}", bounds=Bounds(**{"seconds": 2.0} | bounds))
    return trouble.value.kind


def test_a_call_and_its_answer():
    with server(saying(OK, b"Content-Length: 4\r\nX-Y: z\r\n\r\ngood")) as (url, heard):
        answer = call("POST", url, body=b'{"a":1}', headers={"X-Mine": "1"})
    assert (answer.status, answer.body, answer.headers["x-y"]) == (200, b"good", "z")
    assert heard[0].startswith(b"POST /in HTTP/1.1\r\nHost: 127.0.0.1:")
    assert b"\r\nAccept-Encoding: identity\r\n" in heard[0]
    assert b"X-Mine: 1\r\n" in heard[0]
    assert heard[0].endswith(b'{"a":1}')


def test_a_redirect_is_an_answer():
    moved = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n"
    with server(saying(moved)) as (url, _heard):
        assert call("GET", url).status == 302


@pytest.mark.parametrize(
    "parts",
    [
        (b"Content-Length: 5000000\r\n\r\n", b"x" * 200_000),
        (b"\r\n", b"x" * 200_000),
        (
            b"Transfer-Encoding: chunked\r\n\r\n",
            b"ffff\r\n" + b"x" * 65535 + b"\r\n",
            b"ffff\r\n" + b"x" * 65535,
        ),
        (b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"\0" * 30_000_000)),
    ],
    ids=["announced", "endless", "chunked", "gzip bomb"],
)
def test_too_large_is_cut(parts):
    before = time.monotonic()
    assert trouble_of(saying(OK, *parts)) is Kind.TOO_LARGE
    assert time.monotonic() - before < 2


def test_what_is_packed_is_unpacked_within_bounds():
    parts = (OK, b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"good"))
    with server(saying(*parts)) as (url, _heard):
        assert call("GET", url).body == b"good"
    assert trouble_of(saying(OK, b"Content-Encoding: br\r\n\r\nxx")) is Kind.BROKEN
    assert trouble_of(saying(OK, b"Content-Encoding: gzip\r\n\r\nxx")) is Kind.BROKEN


def drip(connection: socket.socket) -> None:
    """A byte now and then, so that no single wait is long."""
    connection.sendall(OK + b"Content-Length: 1000\r\n\r\n")
    for _ in range(100):
        connection.sendall(b"x")
        time.sleep(0.05)


def drip_headers(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for _ in range(100):
        connection.sendall(b"X")
        time.sleep(0.05)


@pytest.mark.parametrize("speak", [drip, drip_headers, lambda _c: time.sleep(2)])
def test_a_slow_server_does_not_keep_us(speak):
    with server(speak) as (url, _heard):
        before = time.monotonic()
        with pytest.raises(OutboundTrouble) as trouble:
            call("GET", url, bounds=Bounds(seconds=0.5))
        assert time.monotonic() - before < 1.5
    assert trouble.value.kind is Kind.TOO_SLOW


@pytest.mark.parametrize("junk", [b"", b"\0" * 100, b"SSH-2.0-x\r\n", b"HTTP/9 x\r\n\r\n"])
def test_what_is_not_http_is_said_to_be_none(junk):
    assert trouble_of(saying(junk)) in {Kind.BROKEN, Kind.NO_ANSWER}


def test_nobody_there():
    with NEAR, pytest.raises(OutboundTrouble) as trouble:
        call("GET", "http://127.0.0.1:1/")
    assert trouble.value.kind is Kind.NO_ANSWER


def test_a_certificate_has_to_prove_the_name(tmp_path):
    """A server that speaks TLS with a certificate that nobody vouches for."""
    certificate = self_signed(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listening.accept()
        try:
            context.wrap_socket(connection, server_side=True).close()
        except OSError:
            connection.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    with NEAR, pytest.raises(OutboundTrouble) as trouble:
        call("GET", f"https://localhost:{listening.getsockname()[1]}/")
    listening.close()
    thread.join(5)
    assert trouble.value.kind is Kind.UNTRUSTED


def self_signed(folder: Path) -> Path:
    """A key and a certificate for localhost, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path = folder / "server.pem"
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path
