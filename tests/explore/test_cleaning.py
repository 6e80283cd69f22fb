"""Archived pages written anew: nothing in them acts, every address leads to the archive, and what was to be read stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from newsarchive.explore.cleaning import clean_page, clean_stylesheet

URL = "https://gazette.example/2026/11/story/"
REPLAY = "/-/replay/at?time=T&url="
PART = "&amp;as=part"
IN_HTML = REPLAY.replace("&", "&amp;")
HERE = f"{IN_HTML}https%3A%2F%2Fgazette.example%2F"


def clean(page: str) -> str:
    return clean_page(page, URL, REPLAY)


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        ("<p class=lead>Mvura &amp; <b>mhepo</b>", '<p class="lead">Mvura &amp; <b>mhepo</b></p>'),
        ("<p onclick=alert(1)>x</p><script>alert(1)</script>", "<p>x</p>"),
        ("<x-card onload=a>inside</x-card>", "inside"),
        ("<noscript><img src=a.png></noscript>", f'<img src="{HERE}2026%2F11%2Fstory%2Fa.png{PART}">'),
        ('<a href="/b?c=1&d=2" target=_top>b</a>', f'<a href="{HERE}b%3Fc%3D1%26d%3D2">b</a>'),
        ('<a href="//other.example/x">b</a>', f'<a href="{IN_HTML}https%3A%2F%2Fother.example%2Fx">b</a>'),
        ('<a href="#top">b</a><a href=" java\tscript:alert(1)">c</a>', '<a href="#top">b</a><a>c</a>'),
        ('<a href="http://[bad">b</a><img src="data:text/html,<script>">', "<a>b</a><img>"),
        ('<img src="data:image/gif;base64,R0lGOD" data-src="real.jpg">', f'<img src="{HERE}2026%2F11%2Fstory%2Freal.jpg{PART}">'),
        ('<img srcset="a.png 1x, /b.png 2x">', f'<img srcset="{HERE}2026%2F11%2Fstory%2Fa.png{PART} 1x, {HERE}b.png{PART} 2x">'),
        ("<form action=/x><input name=a><button>Send</button></form>", "Send"),
        ("<svg><style>a</style><a onload=b>c</a></svg><p>after", "<p>after</p>"),
        ("<iframe src=/x></iframe><object data=/x>o</object><embed src=/x>", ""),
        (
            '<p style="background:url(x.png)">y',
            f'<p style="background:url(&quot;{HERE}2026%2F11%2Fstory%2Fx.png{PART}&quot;)">y</p>',
        ),
    ],
)
def test_what_is_kept(page: str, kept: str) -> None:
    assert clean(page) == f"<html><head></head><body>{kept}</body></html>"


def test_the_base_of_the_page_counts_and_goes() -> None:
    page = clean('<!doctype html><head><base href="https://cdn.example/v/"><link rel=stylesheet href=s.css></head>')
    assert page.startswith("<!DOCTYPE html><html><head><link")
    assert "<base" not in page
    assert f'href="{IN_HTML}https%3A%2F%2Fcdn.example%2Fv%2Fs.css"' in page


def test_a_style_element_cannot_be_left() -> None:
    page = clean("<style>a::before{content:'</style'} b{}</style><p>x")
    assert "</style'" not in page
    assert "b{}" in LexborHTMLParser(page).css_first("style").text()


def test_the_addresses_of_a_stylesheet() -> None:
    here = f"{REPLAY}https%3A%2F%2Fgazette.example%2F"
    css = clean_stylesheet("@import 'a.css'; b{background:url( \"/c.png\" )} d{src:url(javascript:x)}", URL, REPLAY)
    imported, background = f"{here}2026%2F11%2Fstory%2Fa.css&as=part", f"{here}c.png&as=part"
    assert css == f'@import url("{imported}"); b{{background:url("{background}")}} d{{src:url("about:blank")}}'


def test_deep_pages_are_no_recursion() -> None:
    assert clean("<div>" * 5000 + "x").count("<div>") == 5000


TAGS = st.sampled_from(
    ["a", "script", "svg", "style", "img", "math", "iframe", "b", "template", "title", "textarea", "meta", "x-y", "noscript"]
)
NAMES = st.sampled_from(["href", "src", "onload", "style", "srcdoc", "formaction", "xlink:href", "class", "http-equiv", "ping"])
VALUES = st.sampled_from(
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "https://evil.example/",
        "//evil.example",
        "url(https://evil.example)",
        '"><script>',
    ]
)
PIECES = st.one_of(
    st.builds(lambda tag, name, value: f"<{tag} {name}='{value}'>", TAGS, NAMES, VALUES),
    st.builds(lambda tag: f"</{tag}>", TAGS),
    st.sampled_from(["text", "<!--", "-->", "<![CDATA[", "]]>", "&lt;script&gt;", "\x00", "<", "'"]),
)


@given(st.lists(PIECES, max_size=20).map("".join))
def test_nothing_of_any_page_acts(page: str) -> None:
    tree = LexborHTMLParser(clean(page))
    for node in tree.css("*"):
        assert node.tag not in {"script", "svg", "math", "iframe", "meta", "template", "base", "form", "textarea"}
        for name, value in node.attributes.items():
            assert not name.startswith("on")
            assert name in {"href", "src", "class", "style", "media", "rel"}
            if name in {"href", "src"}:
                assert (value or "").startswith(REPLAY)
            if name == "style":
                assert "url(https:" not in (value or "")
