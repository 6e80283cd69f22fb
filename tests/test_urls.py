"""Addresses: what is asked for, what counts as one, what belongs to a site."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsarchive.urls import canonical, request_key, same_site, site_id, url_key

HOSTS = st.sampled_from(
    [
        "example.com",
        "www.example.com",
        "News.Example.ORG:8080",
        "xn--bcher-kva.example",
        "zeitung-für.example",
        "[::1]",
        "127.0.0.1:8101",
    ]
)
PATHS = st.lists(
    st.text(max_size=12) | st.sampled_from(["..", ".", "", "%D8%B2", "a;jsessionid=1F", "(S(lit3py55t21z5v55vlm25s55))"]),
    max_size=5,
)
QUERIES = st.lists(
    st.tuples(st.sampled_from("abcps") | st.sampled_from(["utm_source", "PHPSESSID", "id"]), st.text(max_size=8)), max_size=4
)


@st.composite
def addresses(draw: st.DrawFn) -> str:
    query = "&".join(f"{name}={value}" for name, value in draw(QUERIES))
    return f"{draw(st.sampled_from(['http', 'HTTPS']))}://{draw(HOSTS)}/{'/'.join(draw(PATHS))}" + (f"?{query}" if query else "")


@given(addresses() | st.text().map("http://".__add__) | st.text())
@example("http://h//x/../..//")
@example("http://h/..;jsessionid=1/..")
@example("http://h/?&&a&&")
def test_what_is_canonical_stays_as_it_is(url: str) -> None:
    found = canonical(url)
    assert found is None or canonical(found) == found


@given(addresses() | st.text().map("https://".__add__), st.text())
def test_a_canonical_address_is_printable_ascii_without_user_or_fragment(url: str, base: str) -> None:
    for found in (canonical(url), canonical(url, base), canonical(base, "http://h.example/a/")):
        if found is not None:
            assert found.isascii()
            assert found.isprintable()
            assert " " not in found
            assert "#" not in found
            parts = urlsplit(found)
            assert parts.scheme in ("http", "https")
            assert parts.hostname
            assert "@" not in parts.netloc
            assert parts.path.startswith("/")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://WWW.Example.COM:80", "http://www.example.com/"),
        ("https://example.com:443/a#b", "https://example.com/a"),
        ("https://example.com:8443/", "https://example.com:8443/"),
        ("https://user:secret@example.com/a", "https://example.com/a"),
        ("https://faß.example/", "https://xn--fa-hia.example/"),
        ("https://пример.example./", "https://xn--e1afmkfd.example/"),
        ("https://example.com/a/./b/../c", "https://example.com/a/c"),
        ("https://example.com/../../a", "https://example.com/a"),
        ("https://example.com/زيمبابوي/", "https://example.com/%D8%B2%D9%8A%D9%85%D8%A8%D8%A7%D8%A8%D9%88%D9%8A/"),
        (" \x00https://example.com/a\r\nX-Injected:\t1\n", "https://example.com/aX-Injected:1"),
        ("https://example.com/a\x00\x1b[31m", "https://example.com/a%00%1B%5B31m"),
        ("https://example.com/a;jsessionid=0A1B2C?x=1", "https://example.com/a?x=1"),
        ("https://example.com/(S(lit3py55t21z5v55vlm25s55))/a.aspx", "https://example.com/a.aspx"),
        ("https://example.com/?PHPSESSID=abc&id=5", "https://example.com/?id=5"),
        ("https://example.com/?sid=0123456789abcdef0123456789abcdef&id=5", "https://example.com/?id=5"),
        ("https://example.com/?sid=12345", "https://example.com/?sid=12345"),
        ("https://example.com/a/?replytocom=12#respond", "https://example.com/a/"),
        ("https://example.com/a?utm_source=x&b=1&fbclid=2&amp;utm_medium=y", "https://example.com/a?b=1"),
    ],
)
def test_canonical(url: str, expected: str) -> None:
    assert canonical(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/a",
        "a",
        "ftp://example.com/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "mailto:a@example.com",
        "data:text/html,x",
        "http://",
        "http://[::1/",
        "http://example.com:99999/",
        "http://example.com:x/",
        "http://a..b/",
        "http://a b/",
        "http://a%0ab/",
        "http://\ud800/",
        "http://example.com/" + "a" * 9000,
    ],
)
def test_what_cannot_be_asked_over_http_is_none(url: str) -> None:
    assert canonical(url) is None


def test_relative_addresses_count_from_their_base() -> None:
    assert canonical("../b?x", "https://example.com/a/c/") == "https://example.com/a/b?x"
    assert canonical("//other.example/x", "https://example.com/") == "https://other.example/x"
    assert canonical("http://[", "https://example.com/") is None


@given(addresses())
def test_the_key_ignores_scheme_www_slash_and_order(url: str) -> None:
    found = canonical(url)
    assert found is not None
    parts = urlsplit(found)
    query = "&".join(sorted(parts.query.split("&"), reverse=True))
    netloc = parts.netloc if parts.netloc.startswith(("www.", "[", "127")) else f"www.{parts.netloc}"
    path = parts.path if parts.path.endswith("/") else f"{parts.path}/"
    same = f"{'https' if ':' in netloc else parts.scheme}://{netloc}{path}" + (f"?{query}" if query else "")
    assert url_key(same) == url_key(url) == url_key(found)


@given(st.text())
def test_keys_and_ids_never_fail(text: str) -> None:
    assert url_key(text) == url_key(text)
    assert site_id(text).strip("abcdefghijklmnopqrstuvwxyz0123456789-") == ""


def test_the_key_tells_pages_apart() -> None:
    keys = {
        url_key(f"https://example.com/{rest}")
        for rest in ("a", "b", "a?p=1", "a?p=2", "A", "%FF", "%FE", "?q=%FF", "?q=%FE", "a/b")
    }
    assert len(keys) == 10


def test_the_key_of_a_request_holds_method_and_body() -> None:
    url = "https://example.com/api"
    assert request_key(url) == url_key(url)
    assert len({request_key(url), request_key(url, "POST", b"offset=0"), request_key(url, "POST", b"offset=20")}) == 3


def test_site_ids() -> None:
    assert site_id("http://127.0.0.1:8101/a") == "127-0-0-1-8101"
    assert site_id("https://www.Daily.Example/x") == site_id("http://daily.example") == "daily-example"


def test_one_site_is_one_host_and_port() -> None:
    assert same_site("http://www.example.com/a", "https://example.com/b")
    assert not same_site("https://example.com/", "https://example.com:8443/")
    assert not same_site("https://news.example/", "https://news.example.evil.example/")
    assert not same_site("https://a-b.example/", "https://a.b.example/")
    assert not same_site("javascript:alert(1)", "javascript:alert(1)")
    assert not same_site("https://example.com@evil.example/", "https://example.com/")
