"""Which addresses may be called from inside the house, whoever named them.

A name from outside may lead to this machine, to the bureau's network or to the address where
clouds keep their keys (server-side request forgery, OWASP). So what a name resolves to is looked
at, every address of it, and only what the whole internet reaches is called.
"""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from zhitong.kernel.outbound.trouble import Kind, OutboundTrouble

IP = IPv4Address | IPv6Address
LONGEST = 500
PORTS: Final = frozenset({443, *range(1024, 65536)})
UNICAST = IPv6Network("2000::/3")
"""What IANA has given out of IPv6 to be reached by everybody."""
NEVER = (
    IPv6Network("2001::/32"),  # Teredo: carries IPv4 addresses inside
    IPv6Network("2002::/16"),  # 6to4, likewise
    IPv4Network("192.88.99.0/24"),  # its relays
    IPv6Network("3fff::/20"),  # documentation (RFC 9637)
    IPv4Network("192.0.0.0/24"),  # protocols (RFC 6890)
)
"""Ranges for special purposes that Python counts as global."""


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address: where to connect, and what to ask for there."""

    scheme: str
    host: str
    port: int
    path: str
    near: bool

    @property
    def authority(self) -> str:
        """What the Host line says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = {"https": 443, "http": 80}[self.scheme]
        return host if self.port == usual else f"{host}:{self.port}"


def target_of(url: str) -> Target:
    """The parts of an address that may be called: https, a host, a usual port. Asks nobody.

    Hosts that ``ZHITONG_OUTBOUND_NEAR`` names may also be called by http, at any port. Raises
    OutboundTrouble.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
        host = host if ":" in host else host.encode("idna").decode("ascii")
    except ValueError as problem:
        raise OutboundTrouble(Kind.FORBIDDEN) from problem
    near = host in settings.OUTBOUND_NEAR
    port = {"https": 443, "http": 80}.get(parts.scheme, 0) if port is None else port
    plain = url.isascii() and url.isprintable() and not set(' "<>\\^`{|}') & set(url)
    sound = plain and len(url) <= LONGEST and host and "@" not in parts.netloc and port
    allowed = near or (parts.scheme == "https" and port in PORTS)
    if _is_number(host) and not near:
        allowed = allowed and is_public(ip_address(host))
    if not sound or parts.fragment or parts.scheme not in {"https", "http"} or not allowed:
        raise OutboundTrouble(Kind.FORBIDDEN)
    query = f"?{parts.query}" if parts.query else ""
    return Target(parts.scheme, host, port, (parts.path or "/") + query, near)


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def addresses_of(target: Target) -> list[str]:
    """The addresses to connect to. One that is not public spoils them all.

    They are asked for once and connected to as they are, so that a name cannot point elsewhere
    a moment later (DNS rebinding). Raises OutboundTrouble.
    """
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise OutboundTrouble(Kind.UNKNOWN_NAME) from problem
    told = list(dict.fromkeys(str(address[0]) for *_, address in found))
    if not target.near and not all(is_public(ip_address(one.partition("%")[0])) for one in told):
        raise OutboundTrouble(Kind.FORBIDDEN)
    if not told:
        raise OutboundTrouble(Kind.UNKNOWN_NAME)
    return told


def is_public(address: IP) -> bool:
    """Whether everybody on the internet reaches this address, and nobody's own network lies there.

    An IPv4 address written inside an IPv6 one (RFC 4291) is judged as what it is.
    """
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address not in UNICAST:
            return False
    if any(address in network for network in NEVER if network.version == address.version):
        return False
    return address.is_global and not address.is_multicast
