"""The addresses of a WordPress thread: the article's own, and those of its comment pages (`comment-page-N`, `?cpage=N`)."""

from __future__ import annotations

import re
from collections.abc import Collection

from newsarchive.items import Follow
from newsarchive.reading.ancestry import lies_in
from newsarchive.reading.document import Document, Element
from newsarchive.reading.wordpress import comment_page, in_path, without_comment_page

_IN_PATH = "/comment-page-"
_LEADS_TO_PAGE = re.compile(r"comment-page-\d|[?&;]cpage=\d|#comments$")
_LEADS_TO_COMMENT = re.compile(r"#comment-\d|replytocom")


def other_pages(document: Document, home: str, comments: Collection[Element]) -> tuple[Follow, ...]:
    """The thread's other comment pages that this page links, in its order; `home` is the article's own address.

    WordPress calls the first page, or with newest first the last one, by `home`, so that from a comment page `home` is a
    page too. What the `comments` themselves link does not count: readers may link anything. Where the site is seen to call
    this thread's pages `comment-page-N`, so do we: it may answer `?cpage=N` by leading there.
    """
    here = comment_page(document.url)
    pretty = _has_pretty_pages(document, home)
    found: dict[str, Follow] = {}
    within: dict[Element, bool] = {}
    for link in document.tree.xpath("//a[@href]"):
        href = link.get("href")
        if not _LEADS_TO_PAGE.search(href) or _LEADS_TO_COMMENT.search(href):
            continue
        url = document.absolute(href)
        if url is None or without_comment_page(url) != home or comment_page(url) == here:
            continue
        url = in_path(url) if pretty else url
        if not lies_in(link, comments, within):
            found.setdefault(url, Follow(url, "comments"))
    return tuple(found.values())


def _has_pretty_pages(document: Document, home: str) -> bool:
    links = document.tree.xpath(f'//*[self::a or self::link[@rel="canonical"]][contains(@href, "{_IN_PATH}")]/@href')
    named = [document.url, *(url for href in links if (url := document.absolute(str(href))))]
    return "?" not in home and any(_IN_PATH in url and without_comment_page(url) == home for url in named)
