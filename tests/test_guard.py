"""What the guard lets through: attacks by address form, and the list that opens a door."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.errors import Blocked, UsageError
from newsarchive.guard import Guard

OPEN = Guard.parse("127.0.0.1:8101, [::1]:8102,Intranet.example:8080,intranet.example:80")


@pytest.mark.parametrize(
    "url",
    [
        "http://news.example/",
        "https://news.example/a?b#c",
        "https://news.example:443/",
        "http://news.example:443/",
        "http://127.0.0.1:8101/",
        "http://[::1]:8102/",
        "http://INTRANET.example:8080/x",
        "http://8.8.8.8/",
        "http://[2001:4860:4860::8888]/",
    ],
)
def test_these_addresses_may_be_asked(url: str) -> None:
    OPEN.check_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://news.example/",
        "data:text/html,x",
        "javascript:alert(1)",
        "http:///x",
        "//news.example/",
        "",
        "http://news.example:22/",
        "http://news.example:8080/",
        "http://news.example:0/",
        "http://news.example:99999/",
        "http://[::1/",
        "http://127.0.0.1/",
        "http://127.0.0.1:8102/",
        "http://[::1]:8101/",
        "http://[::ffff:127.0.0.1]/",
        "http://169.254.169.254/",
        "http://user:secret@news.example/",
        "http://news.example@127.0.0.1:8101/",
        "http://intranet.example:8081/",
        "https://",
    ],
)
def test_these_addresses_are_blocked(url: str) -> None:
    with pytest.raises(Blocked):
        OPEN.check_url(url)


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1",
        "127.8.8.8",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "198.18.0.1",
        "240.0.0.1",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "3fff::1",
        "100::1",
        "64:ff9b:1::808:808",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "::127.0.0.1",
        "2001:0:808:808:0:0:80ff:fffe",
        "2001:0:7f00:1::f7f7:f7f7",
    ],
)
def test_an_address_that_is_not_public_is_blocked_at_any_name(ip: str) -> None:
    with pytest.raises(Blocked, match="public network"):
        OPEN.check_address("news.example", 80, ip)


@pytest.mark.parametrize(
    "ip",
    ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8", "2002:808:808::1", "64:ff9b::808:808", "2001:0:808:808::f7f7:f7f7"],
)
def test_a_public_address_passes_in_every_form(ip: str) -> None:
    OPEN.check_address("news.example", 80, ip)


def test_a_listed_host_may_have_a_private_address_on_that_port_only() -> None:
    OPEN.check_address("intranet.example", 8080, "10.0.0.7")
    with pytest.raises(Blocked):
        OPEN.check_address("intranet.example", 443, "10.0.0.7")


def test_another_name_for_a_listed_address_is_still_blocked() -> None:
    with pytest.raises(Blocked):
        OPEN.check_address("rebind.example", 8101, "127.0.0.1")


@given(st.ip_addresses(v=4))
def test_ipv4_inside_ipv6_is_decided_like_ipv4(inner: IPv4Address) -> None:
    forms = [f"::ffff:{inner}", f"64:ff9b::{inner}", str(IPv6Address((0x2002 << 112) | (int(inner) << 80)))]
    assert {_passes(form) for form in forms} == {_passes(str(inner))}


@pytest.mark.parametrize("text", ["127.0.0.1", ":80", "host:port", "host:99999", "http://host:80", "host:80/x", "a@b:80", "::1"])
def test_a_list_entry_that_is_no_host_and_port_is_an_error_of_use(text: str) -> None:
    with pytest.raises(UsageError, match="ALLOW_PRIVATE"):
        Guard.parse(text)


def test_an_empty_setting_allows_nothing_private() -> None:
    assert Guard.parse(" , ") == Guard()


def _passes(ip: str) -> bool:
    try:
        Guard().check_address("news.example", 80, ip)
    except Blocked:
        return False
    return True
