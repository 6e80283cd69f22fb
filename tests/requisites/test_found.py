"""Which addresses of a page and of a stylesheet are asked for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsarchive.items import Page
from newsarchive.reading import html_page
from newsarchive.requisites.markup import MOST, best_of, in_page
from newsarchive.requisites.stylesheet import in_css, in_stylesheet

AT = datetime(2026, 11, 5, tzinfo=UTC)
URL = "https://gazette.example/2026/11/rain/"


def page(html: str) -> Page:
    return html_page(html, URL, AT)


@pytest.mark.parametrize(
    ("srcset", "best"),
    [
        ("a.jpg 320w, b.jpg 1600w, c.jpg 4000w", "b.jpg"),
        ("a.jpg 2000w, b.jpg 4000w", "a.jpg"),
        ("a.jpg, b.jpg 2x, c.jpg 1.5x", "b.jpg"),
        ("a,b.jpg 1x,c.jpg 2x", "c.jpg"),
        ("data:image/gif;base64,R0lGOD 1x, b.jpg 2x", "b.jpg"),
        ("a.jpg 1.2.3x, b.jpg", "b.jpg"),
        ("", None),
        (" , ,", None),
    ],
)
def test_best_candidate_of_a_srcset(srcset: str, best: str | None) -> None:
    assert best_of(srcset) == best


def test_page_asks_for_styles_images_and_fonts() -> None:
    html = """
    <html><head><base href="https://cdn.example/v1/"><link rel="Stylesheet" href="a.css"><link rel="icon" href="no.ico">
    <link rel="preload" as="font" href="f.woff2"><link rel="preload" as="script" href="no.js"><script src="no2.js"></script>
    <style>@import "b.css"; p { background: url('bg.png') }</style></head>
    <body><img src="data:image/gif;base64,AA" data-src="1.jpg"><img src="small.jpg" srcset="2.jpg 800w, huge.jpg 5000w">
    <img src="dot.gif" width="1" height="1"><img src="1.jpg"><img src=""><video poster="p.jpg" src="no.mp4"></video>
    <iframe src="no.html"></iframe><div style="background:url(&quot;d.png&quot;)"></div><img src="ftp://x/no.png"></body></html>
    """
    names = ["a.css", "f.woff2", "b.css", "bg.png", "d.png", "1.jpg", "2.jpg", "p.jpg"]
    assert in_page(page(html), "all") == [f"https://cdn.example/v1/{name}" for name in names]
    assert in_page(page(html), "images") == [f"https://cdn.example/v1/{name}" for name in names[-3:]]


def test_page_asks_for_no_more_than_a_number() -> None:
    assert len(in_page(page("".join(f"<img src={n}.jpg>" for n in range(MOST * 2))), "all")) == MOST


def test_stylesheet_asks_for_imports_images_and_one_file_of_a_font() -> None:
    css = """
    /* url(no.png) */ @import url("a.css") screen; @IMPORT 'b.css';
    @font-face { src: url(f.eot); src: url("f.eot?#iefix") format("x"), url(f.woff2?v=1), url(f.woff), url(f.ttf) }
    @font-face { src: url(g.ttf) }
    body { background: url( 'c.png' ) } i { background: URL(data:image/png;base64,AA); filter: url(#x) } /* url(no2.png)
    """
    assert list(in_css(css)) == ["a.css", "b.css", "f.woff2?v=1", "g.ttf", "c.png"]


def test_only_a_whole_stylesheet_leads_on() -> None:
    css = Page(f"{URL}a.css", 200, (("Content-Type", "text/css"),), b"p { background: url(x.png) }", AT, "urn:uuid:0")
    assert in_stylesheet(css) == [f"{URL}x.png"]
    assert in_stylesheet(page("<style>p { background: url(x.png) }</style>")) == []
    assert in_stylesheet(Page(css.url, 404, css.headers, css.body, AT, "urn:uuid:0")) == []
