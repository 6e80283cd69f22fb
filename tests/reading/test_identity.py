"""Which article a page is: its address, and an id that no other article of the site has."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsarchive.items import Page, Profile
from newsarchive.reading.document import Document
from newsarchive.reading.identity import aliases, article_id, article_url

SITE = "https://paper.example"


def document(path: str, head: str = "", *, host: str = SITE, classes: str = "") -> Document:
    body = f'<html><head>{head}</head><body class="{classes}"><h1>A</h1></body></html>'
    page = Page(host + path, 200, (("Content-Type", "text/html"),), body.encode(), datetime(2026, 11, 22, tzinfo=UTC), "")
    return Document(page, Profile(site="paper-example", start_urls=(SITE + "/", "https://blog.example/")))


def known_as(page: Document) -> str:
    return article_id(page, article_url(page, {}))


@pytest.mark.parametrize("named", ["/news/", "/category/sport/", "/2026/11/", "/tag/water/"])
@pytest.mark.parametrize(
    "mark", ['<link rel="canonical" href="{}">', '<meta property="og:url" content="https://paper.example{}">']
)
def test_a_section_is_no_articles_address(named: str, mark: str) -> None:
    pages = [document(f"/2026/11/0{day}/story-number-{day}-here/", mark.format(named)) for day in (1, 2, 3)]
    assert [article_url(page, {}) for page in pages] == [page.url for page in pages]
    assert len({known_as(page) for page in pages}) == 3
    assert [aliases(page, page.url) for page in pages] == [[], [], []]


@pytest.mark.parametrize("path", ["/potholes/amp/", "/potholes/comment-page-2/", "/potholes/?utm_source=x"])
def test_a_short_address_is_believed_of_a_page_that_has_no_better(path: str) -> None:
    assert article_url(document(path, '<link rel="canonical" href="/potholes/">'), {}) == SITE + "/potholes/"


def test_posts_of_two_installs_on_one_host_are_two_articles() -> None:
    link = '<link rel="https://api.w.org/" href="/{}wp-json/">'
    pages = [document(f"/{folder}water-works/", link.format(folder), classes="postid-5") for folder in ("", "en/", "fr/")]
    assert [known_as(page) for page in pages] == ["paper-example:post-5", "paper-example:en/post-5", "paper-example:fr/post-5"]


def test_articles_of_a_sites_second_host_are_its_own() -> None:
    for classes, local in (("postid-5", "post-5"), ("", "/water-works")):
        assert known_as(document("/water-works/", host=SITE.replace("//", "//www."), classes=classes)) == f"paper-example:{local}"
        second = known_as(document("/water-works/", host="https://blog.example", classes=classes))
        assert second == f"paper-example:blog.example/{local.removeprefix('/')}"
