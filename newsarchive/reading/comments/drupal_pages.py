"""The pages of a long thread in Drupal: `?page=N` of the article's address, from 0, which has none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

from newsarchive.items import Follow
from newsarchive.reading.document import Document, Element

_PAGE = re.compile(r"page=\d{1,5}", re.ASCII)


def paged(url: str) -> tuple[str, int]:
    """An address without its page of comments, and the number of that page, from 0."""
    parts = urlsplit(url)
    pairs = parts.query.split("&")
    pages = [pair.removeprefix("page=") for pair in pairs if _PAGE.fullmatch(pair)]
    kept = "&".join(pair for pair in pairs if not _PAGE.fullmatch(pair))
    return urlunsplit(parts._replace(query=kept)), int(pages[0]) if pages else 0


def other_pages(document: Document, nodes: tuple[Element, ...], home: str) -> Iterator[Follow]:
    """The thread's other pages that the pager in its section links; page 0 is the article's own address."""
    asked = {paged(document.url)[1]}
    for link in (link for node in nodes for link in node.iter("a")):
        url = document.absolute(link.get("href", ""))
        if not url or ("page=" not in url and asked == {0}):
            continue
        plain, page = paged(url)
        if plain == home and page not in asked and ("page=" in url or "pager" in (link.getparent().get("class") or "")):
            asked.add(page)
            yield Follow(url if page else home, "comments")
