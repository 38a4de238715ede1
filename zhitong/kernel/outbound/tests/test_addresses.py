"""No spelling of a private address, and no name that leads to one, is called."""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from zhitong.kernel.outbound.addresses import addresses_of, is_public, target_of
from zhitong.kernel.outbound.trouble import Kind, OutboundTrouble

PRIVATE = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.8",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "192.88.99.1",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "fe80::1",
    "fec0::1",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1",
    "2001::1",
    "2002:7f00:1::1",
    "2001:db8::1",
    "100::1",
    "fe80::a00:27ff:fe4e:66a1",
]
PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "114.114.114.114",
    "2400:3200::1",
    "2606:4700::1111",
    "::ffff:8.8.8.8",
]
WRONG = [
    "http://example.com/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "gopher://example.com/",
    "https:///x",
    "https://user:pass@example.com/",
    "https://example.com:22/",
    "https://example.com:99999/",
    "https://example.com/#here",
    "https://exa%20mple.com\\@x/",
    "javascript:alert(1)",
    "//example.com/",
    "https://@example.com/",
    "example.com",
    "https://[::1",
    "https://example.com:0/",
]


def resolving(monkeypatch, *found: str):
    """Names lead where the test says."""
    answers = [(0, 0, 0, "", (one, 443)) for one in found]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: answers)


@pytest.mark.parametrize("text", PRIVATE)
def test_what_is_not_for_everybody_is_not_public(text):
    assert not is_public(ip_address(text))


@pytest.mark.parametrize("text", PUBLIC)
def test_what_is_for_everybody_is(text):
    assert is_public(ip_address(text))


@given(inner=st.ip_addresses(v=4))
def test_a_mapped_address_is_judged_as_what_it_is(inner: IPv4Address):
    assert is_public(IPv6Address(f"::ffff:{inner}")) == is_public(inner)


@given(address=st.ip_addresses(v=6))
def test_only_unicast_of_ipv6_is_public(address: IPv6Address):
    mapped = address.ipv4_mapped is not None
    assert not is_public(address) or mapped or str(address)[0] in "23"


@pytest.mark.parametrize("url", [*WRONG, "https://example.com/a b", "https://example.com/\n", ""])
def test_addresses_that_are_none_for_us(url):
    with pytest.raises(OutboundTrouble) as trouble:
        target_of(url)
    assert trouble.value.kind is Kind.FORBIDDEN


def as_the_system_reads_it(monkeypatch, host: str):
    """Numbers that are no plain address, without asking any name server."""
    try:
        resolving(monkeypatch, socket.inet_ntoa(socket.inet_aton(host)))
    except OSError:
        return


@pytest.mark.parametrize(
    "host",
    [
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "127.0.0.1.",
        "localhost",
    ],
)
def test_no_spelling_of_this_machine_is_called(monkeypatch, host):
    """The numbers are read as the system reads them; then what they lead to is looked at."""
    as_the_system_reads_it(monkeypatch, host)
    with pytest.raises(OutboundTrouble) as trouble:
        addresses_of(target_of(f"https://{host}/"))
    assert trouble.value.kind in {Kind.FORBIDDEN, Kind.UNKNOWN_NAME}


@pytest.mark.parametrize("found", [["10.0.0.1"], ["1.1.1.1", "127.0.0.1"], ["fe80::1%eth0"]])
def test_one_private_address_spoils_a_name(monkeypatch, found):
    resolving(monkeypatch, *found)
    with pytest.raises(OutboundTrouble) as trouble:
        addresses_of(target_of("https://example.com/"))
    assert trouble.value.kind is Kind.FORBIDDEN


def test_a_public_name_is_called_where_it_led_when_looked_at(monkeypatch):
    resolving(monkeypatch, "1.1.1.1", "1.1.1.1", "2606:4700::1111")
    found = addresses_of(target_of("https://例子.example/x?y=1".replace("例子", "xn--fsqu00a")))
    assert found == ["1.1.1.1", "2606:4700::1111"]


def test_an_unknown_name_says_so(monkeypatch):
    def fail(*_args, **_more):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(OutboundTrouble) as trouble:
        addresses_of(target_of("https://nowhere.example/"))
    assert trouble.value.kind is Kind.UNKNOWN_NAME


def test_a_setting_names_hosts_of_the_house():
    with override_settings(OUTBOUND_NEAR=frozenset({"127.0.0.1"})):
        target = target_of("http://127.0.0.1:8080/in?x=1")
        assert addresses_of(target) == ["127.0.0.1"]
        assert (target.authority, target.path) == ("127.0.0.1:8080", "/in?x=1")
    with pytest.raises(OutboundTrouble):
        target_of("http://127.0.0.1:8080/in")
