"""Tests reach this machine only: every connection and look-up beyond loopback is refused."""

import ipaddress
import socket
from collections.abc import Callable
from typing import Any

NAMES = {"", "localhost", "localhost.localdomain"}


class OutsideWorldError(AssertionError):
    """A test tried to reach something beyond this machine."""


def is_here(host: object) -> bool:
    """True for loopback addresses, wildcard binds and the names of this machine itself."""
    if host is None:
        return True
    name = host.decode() if isinstance(host, bytes) else str(host)
    if name.lower() in NAMES:
        return True
    try:
        address = ipaddress.ip_address(name.split("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def refuse_outside(host: object) -> None:
    """Raise OutsideWorldError unless `host` is this machine."""
    if not is_here(host):
        raise OutsideWorldError(f"tests may not reach {host!r}: only loopback is allowed")


def _guard_method(name: str) -> None:
    original: Callable[..., Any] = getattr(socket.socket, name)

    def guarded(self: socket.socket, *args: Any) -> Any:
        if self.family != socket.AF_UNIX:
            refuse_outside(args[-1][0])
        return original(self, *args)

    setattr(socket.socket, name, guarded)


def _guard_lookup(name: str) -> None:
    original: Callable[..., Any] = getattr(socket, name)

    def guarded(host: Any, *args: Any, **kwargs: Any) -> Any:
        refuse_outside(host)
        return original(host, *args, **kwargs)

    setattr(socket, name, guarded)


def stay_on_this_machine() -> None:
    """Patch the socket module for the rest of this process."""
    for method in ("connect", "connect_ex", "sendto"):
        _guard_method(method)
    for lookup in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
        _guard_lookup(lookup)
