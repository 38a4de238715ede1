"""Nothing that a test runs can leave this machine.

The guard is put around stand-ins here, so that this file sends nothing even where the guard
is not in place (``--noconftest``).
"""

import socket

import pytest

from tools import offline
from tools.offline import OutsideWorldError, is_here

OUTSIDE = ["192.0.2.1", "2001:db8::1", "example.org", b"example.org"]


class StandIn:
    """A socket that sends nothing and remembers what it was asked."""

    family = socket.AF_INET

    def __init__(self) -> None:
        self.asked: list[object] = []

    def connect(self, address: object) -> None:
        self.asked.append(address)

    connect_ex = sendto = connect


@pytest.fixture
def guarded(monkeypatch):
    """The guard around stand-ins for the socket class and the name look-ups."""
    names = ("getaddrinfo", "gethostbyname", "gethostbyname_ex")
    monkeypatch.setattr(socket, "socket", type("Guarded", (StandIn,), {}))
    for name in names:
        monkeypatch.setattr(socket, name, lambda host, *rest: [host])
    offline.stay_on_this_machine()
    return socket


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost", "", None, b"::1"])
def test_this_machine_is_here(host):
    assert is_here(host)


@pytest.mark.parametrize("host", OUTSIDE)
def test_everything_else_is_refused(guarded, host):
    stand_in = guarded.socket()
    for ask in (stand_in.connect, stand_in.connect_ex, stand_in.sendto):
        with pytest.raises(OutsideWorldError):
            ask((host, 80))
    with pytest.raises(OutsideWorldError):
        guarded.getaddrinfo(host, 80)
    assert stand_in.asked == []


def test_loopback_and_local_sockets_pass(guarded):
    stand_in = guarded.socket()
    stand_in.connect(("127.0.0.1", 80))
    stand_in.family = socket.AF_UNIX
    stand_in.connect("/some/socket")
    assert len(stand_in.asked) == 2
    assert guarded.getaddrinfo("localhost", 80) == ["localhost"]


def test_the_guard_is_in_place():
    assert socket.socket.connect.__module__ == offline.__name__
    assert socket.getaddrinfo.__module__ == offline.__name__
