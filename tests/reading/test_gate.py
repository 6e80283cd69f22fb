"""What is given to the readers and what is not: answers of other types, and answers that may not be whole."""

from __future__ import annotations

import gzip
import json
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from newsarchive.items import Article, Page, Profile, Reading
from newsarchive.reading import read, read_html
from newsarchive.reading.document import Document, Element

URL = "https://gazette.example/2026/11/bridge-talks/"
TEXT = "The council met on Monday and talked about the bridge for three hours, and then for one more. " * 5
ARTICLE = f'<html><meta property="og:type" content="article"><h1>Bridge talks</h1><article><p>{TEXT}</p></article></html>'
LISTING = '<html><h2><a href="/2026/11/20/rain/">Rain at last</a></h2></html>'
LINKS = '<a href="/2026/11/20/rain/">Rain</a>'
SITEMAP = b"<urlset><url><loc>https://gazette.example/2026/11/20/rain/</loc></url></urlset>"
PROFILE = Profile(site="gazette-example")
NO_PAGE = Reading(readers=("no page",))
CUT = Reading(failure="the page is not whole", readers=("not whole",))


def page(body: str | bytes, mime: str | None = "text/html", url: str = URL, *, sized: bool = True, **fields: str) -> Page:
    body = body if isinstance(body, bytes) else body.encode()
    headers = {"Content-Type": mime} if mime is not None else {}
    headers |= {"content-LENGTH": str(len(body))} if sized else {}
    headers |= {name.replace("_", "-"): value for name, value in fields.items()}
    return Page(url, 200, tuple(headers.items()), body, datetime(2026, 11, 22, tzinfo=UTC), "urn:uuid:0")


class Unparsed:
    """A spider whose reader must not be reached."""

    @staticmethod
    def read_article(document: Document, *, without: Collection[Element] = ()) -> Article | None:
        raise AssertionError(f"{document.url} was parsed")


UNPARSED = replace(PROFILE, spider=f"{__name__}:Unparsed")


@pytest.mark.parametrize(
    "mime",
    [
        *("application/pdf", "video/mp4", "image/svg+xml", "IMAGE/JPEG", "font/woff2", "application/zip", "application/xml-dtd"),
        *("text/css", "text/javascript", "application/x-javascript; charset=utf-8", "text/calendar", "application/epub+zip"),
    ],
)
def test_an_answer_of_another_type_is_no_page(mime: str) -> None:
    assert read(page(LISTING, mime), UNPARSED) == NO_PAGE


@pytest.mark.parametrize(
    "mime",
    [
        *("text/html", "Text/HTML; charset=x", "text/html,text/html", "text/x-server-parsed-html", "text/plain", "text/xml"),
        *(
            "application/xhtml+xml",
            "application/vnd.wap.xhtml+xml",
            "application/xml",
            "application/octet-stream",
            "html",
            "",
            None,
        ),
    ],
)
def test_text_goes_to_the_readers_whatever_it_is_called(mime: str | None) -> None:
    reading = read(page(LISTING, mime), PROFILE)
    assert reading.readers == ("links",)
    assert [follow.url for follow in reading.follow] == ["https://gazette.example/2026/11/20/rain/"]


@pytest.mark.parametrize("mime", [None, "application/octet-stream", "binary/octet-stream", "*/*"])
@pytest.mark.parametrize(
    "start", [b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\0\0\0\x18ftypmp42", b"ID3\x04", b"PK\x03\x04", b"OggS\0", b"\x7fELF\2"]
)
def test_bytes_without_a_type_are_told_by_how_they_begin(start: bytes, mime: str | None) -> None:
    assert read(page(start + LISTING.encode(), mime), UNPARSED) == NO_PAGE


def test_text_in_utf_16_is_text() -> None:
    assert read(page(LISTING.encode("utf-16"), None), PROFILE).readers == ("links",)


FEED = {"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "https://gazette.example/2026/11/20/rain/"}]}
RSS = b"<rss><channel><item><link>https://gazette.example/2026/11/20/rain/</link></item></channel></rss>"


@pytest.mark.parametrize(
    ("body", "mime", "reader"),
    [
        (RSS, "application/rss+xml", "feed"),
        (RSS, "application/x-rss+xml", "feed"),
        (RSS, "application/rss", "feed"),
        (json.dumps(FEED).encode(), "application/feed+json", "feed"),
        (json.dumps(FEED).encode(), "application/json", "feed"),
        (json.dumps(FEED).encode(), "text/javascript", "feed"),
        (SITEMAP, "application/xml", "sitemap"),
        *(
            (gzip.compress(SITEMAP, mtime=0), mime, "sitemap")
            for mime in ("application/x-gzip", "application/gzip", "text/xml", None)
        ),
        (gzip.compress(SITEMAP, mtime=0), "application/octet-stream", "sitemap"),
    ],
)
def test_signposts_of_every_type_are_read(body: bytes, mime: str | None, reader: str) -> None:
    reading = read(page(body, mime, "https://gazette.example/news.gz"), PROFILE)
    assert (reading.readers, len(reading.follow)) == ((reader,), 1)


def test_what_is_packed_and_no_sitemap_is_no_page() -> None:
    assert read(page(gzip.compress(LISTING.encode(), mtime=0), "application/gzip"), UNPARSED) == NO_PAGE


@pytest.mark.parametrize("body", [ARTICLE, LISTING, SITEMAP, RSS, json.dumps(FEED)])
def test_a_page_that_could_not_be_decoded_to_its_end_is_not_read(body: str | bytes) -> None:
    assert read(replace(page(body), whole=False), UNPARSED) == CUT


def test_a_robots_txt_that_is_not_whole_leads_nowhere() -> None:
    robots = page("Sitemap: /s.xml", "text/plain", "https://gazette.example/robots.txt")
    assert read(robots, PROFILE).follow
    assert read(replace(robots, whole=False), PROFILE) == CUT


@pytest.mark.parametrize(
    "body", [ARTICLE.removesuffix("</html>"), ARTICLE[:-80], LISTING[:-9], "</html>" + ARTICLE[:-7] + " " * 9000]
)
@pytest.mark.parametrize("fields", [{}, {"Connection": "close"}, {"Content_Length": ""}, {"Transfer_Encoding": "identity"}])
def test_html_of_open_end_is_not_read_without_its_last_tag(body: str, fields: dict[str, str]) -> None:
    assert read(page(body, sized=False, **fields), UNPARSED) == CUT


@pytest.mark.parametrize("end", ["</html>", "</HTML >\n<!-- cached at noon -->", "</html>" + "<script>late()</script>" * 200])
def test_html_of_open_end_is_read_when_its_last_tag_came(end: str) -> None:
    reading = read(page(ARTICLE.replace("</html>", end), sized=False), PROFILE)
    assert reading.article is not None
    assert (reading.article.headline, reading.failure) == ("Bridge talks", None)


@pytest.mark.parametrize("fields", [{"content_length": "999"}, {"TRANSFER_ENCODING": "gzip, Chunked"}])
def test_html_of_a_known_end_is_read_without_its_last_tag(fields: dict[str, str]) -> None:
    assert read(page(ARTICLE.removesuffix("</html>"), sized=False, **fields), PROFILE).article is not None


@pytest.mark.parametrize(("body", "reader"), [(RSS, "feed"), (SITEMAP, "sitemap"), (json.dumps(FEED).encode(), "feed")])
def test_signposts_of_open_end_have_no_last_tag_of_html(body: bytes, reader: str) -> None:
    assert read(page(body, "application/xml", sized=False), PROFILE).readers == (reader,)


def test_json_of_open_end_is_whole_when_it_can_be_parsed() -> None:
    body: Any = json.dumps({"comments": []})
    assert read(page(body, "application/json", sized=False), PROFILE).failure is None
    assert read(page(body[:-1], "application/json", sized=False), PROFILE) == CUT


@pytest.mark.parametrize("html", [ARTICLE.removesuffix("</html>"), ARTICLE.removesuffix("</html>").encode()])
def test_html_at_hand_is_whole(html: str | bytes) -> None:
    assert read_html(html, URL).article is not None


PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(number * 7 % 251 for number in range(4000))


@pytest.mark.parametrize("mime", ["text/html", "text/html; charset=utf-8", "application/xhtml+xml"])
def test_a_picture_that_is_called_a_page_is_said_to_be_no_text(mime: str) -> None:
    assert read(page(PICTURE, mime), PROFILE) == Reading(failure="no text, though the server calls it so", readers=("no text",))


@pytest.mark.parametrize(
    ("body", "mime"),
    [
        (ARTICLE.replace("Bridge", "Bri\x00dge\x0c").encode(), "text/html"),
        (ARTICLE.encode("utf-16"), "text/html"),
        (ARTICLE.encode("utf-16-le"), "text/html; charset=UTF-16LE"),
    ],
)
def test_stray_signs_and_wide_ones_make_no_picture_of_a_page(body: bytes, mime: str) -> None:
    assert read(page(body, mime), PROFILE).article is not None


@pytest.mark.parametrize("padding", ["", " "])
def test_a_page_that_is_called_wide_and_is_not_is_read_as_it_is(padding: str) -> None:
    body = (ARTICLE + padding).encode()
    assert read(page(body, "text/html; charset=utf-16"), PROFILE).article == read(page(body, "text/html"), PROFILE).article
