"""The addresses of a WordPress thread: the article's own, and those of its comment pages (`comment-page-N`, `?cpage=N`)."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit, urlunsplit

from newsarchive.items import Follow
from newsarchive.reading.document import Document, Element

_COMMENT_PAGE = re.compile(r"/comment-page-(\d{1,6})(/?)$")
_LEADS_TO_PAGE = re.compile(r"comment-page-\d|[?&;]cpage=\d|#comments$")
_LEADS_TO_COMMENT = re.compile(r"#comment-\d|replytocom")


def without_page(url: str) -> str:
    """The address without the part that names a comment page."""
    parts = urlsplit(url)
    query = parts.query
    if "cpage=" in query:
        query = urlencode([pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] != "cpage"])
    return urlunsplit(parts._replace(path=_COMMENT_PAGE.sub(r"\2", parts.path), query=query, fragment=""))


def is_comment_page(url: str) -> bool:
    """Whether the address names a comment page."""
    return _page_number(url) is not None


def _page_number(url: str) -> int | None:
    parts = urlsplit(url)
    found = _COMMENT_PAGE.search(parts.path)
    number = found[1] if found else next(iter(parse_qs(parts.query).get("cpage", [])), "")
    return int(number) if number.isdecimal() else None


def other_pages(document: Document, home: str, comments: Collection[Element]) -> tuple[Follow, ...]:
    """The thread's other comment pages that this page links, in its order; `home` is the article's own address.

    WordPress calls the first page, or with newest first the last one, by `home`, so that from a comment page `home` is a
    page too. What the `comments` themselves link does not count: readers may link anything.
    """
    here = _page_number(document.url)
    found: dict[str, Follow] = {}
    for link in document.tree.xpath("//a[@href]"):
        href = link.get("href")
        if not _LEADS_TO_PAGE.search(href) or _LEADS_TO_COMMENT.search(href):
            continue
        url = document.absolute(href)
        if url is None or without_page(url) != home or _page_number(url) == here:
            continue
        if not any(above in comments for above in link.iterancestors()):
            found.setdefault(url, Follow(url, "comments"))
    return tuple(found.values())
