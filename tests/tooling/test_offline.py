"""Nothing that a test runs can leave this machine."""

import socket

import pytest

from tools.offline import OutsideWorldError, is_here


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost", "", None, b"::1"])
def test_this_machine_is_here(host):
    assert is_here(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "example.org", "10.0.0.1"])
def test_everything_else_is_refused(host):
    assert not is_here(host)
    with pytest.raises(OutsideWorldError):
        socket.getaddrinfo(host, 80)
    with pytest.raises(OutsideWorldError):
        socket.create_connection((host, 80), timeout=0.1)


def test_a_raw_socket_is_refused_too():
    with socket.socket() as raw, pytest.raises(OutsideWorldError):
        raw.connect(("192.0.2.1", 80))


def test_loopback_still_works():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=5).close()
