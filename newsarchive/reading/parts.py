"""Articles in several pages: which page this is, and which others the article has.

WordPress splits a post at `<!--nextpage-->` and numbers its pages behind the address (`/2/`); others do so with `/page/2` or
`?page=2`. A number alone proves nothing: the page must name its neighbour or its first page, or mark the number in its pager.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from newsarchive.reading.ancestry import lies_in
from newsarchive.reading.document import Document, Element
from newsarchive.reading.wordpress import comment_page
from newsarchive.urls import same_site, url_key

_IN_PATH = re.compile(r"^(?P<base>[^?]+?)/(?:page[/-]?)?(?P<number>\d{1,2})/?$")
_IN_QUERY = re.compile(r"^(?P<base>.+?)(?P<sign>[?&])(?:page|pg|pagina|seite)=(?P<number>\d{1,2})(?P<rest>&.*)?$")
_PAGERS = ("page-links", "post-nav-links", "post-page-numbers", "post-pagination", "article-pagination", "article-pages")
_MOST_LINKS = 200


@dataclass(frozen=True, slots=True)
class Part:
    """One page of an article: its number, the article's own address (that of page 1), the addresses of its other pages."""

    number: int
    url: str
    pages: tuple[str, ...]


def read_part(document: Document, without: Collection[Element] = ()) -> Part | None:
    """Which page of an article in several pages this is; None for an article in one. `without` are comments."""
    number, base = 1, document.url
    if split := _split(document.url):
        named = {url_key(url) for url in _named(document, "prev", "canonical")}
        neighbours = {url_key(split[0])} | ({f"{url_key(split[0])}/{split[1] - 1}"} if split[1] > 2 else set())
        before = {key for key in named if key in neighbours or _is_page(key, split[0], split[1] - 1)}
        if before or _is_marked(document, split[1]):
            number, base = split[1], split[0]
    found = dict.fromkeys(url for url in _listed(document, without) if _is_other(url, base, number))
    if number == 1 and not found:
        return None
    if number > 1:
        found = dict.fromkeys([base, *found])
    return Part(number, base, tuple(found))


def is_continuation(document: Document) -> bool:
    """Whether this is page 2 or later of an article."""
    part = read_part(document)
    return part is not None and part.number > 1


def _split(url: str) -> tuple[str, int] | None:
    """The address of page 1, and the number, of an address that ends in one above 1."""
    if comment_page(url) is not None or not (found := _IN_PATH.match(url) or _IN_QUERY.match(url)):
        return None
    parts, number = found.groupdict(), int(found["number"])
    base = found["base"] + ("/" if url.endswith("/") else "")
    if rest := parts.get("rest"):
        base += found["sign"] + rest[1:]
    return (base, number) if number > 1 else None


def _is_page(key: str, base: str, number: int) -> bool:
    split = _split(f"http://{key}")
    return split is not None and split[1] == number and url_key(split[0]) == url_key(base)


def _is_other(url: str, base: str, number: int) -> bool:
    split = _split(url)
    return split is not None and split[1] != number and url_key(split[0]) == url_key(base)


def _named(document: Document, *relations: str) -> Iterator[str]:
    hrefs = document.linked(*relations)
    return (url for href in hrefs if (url := document.absolute(href)) and same_site(url, document.url))


def _listed(document: Document, without: Collection[Element]) -> Iterator[str]:
    """The addresses that the head names as neighbours, and those in the article's pager."""
    yield from _named(document, "next", "prev")
    barred, known = set(without), dict[Element, bool]()
    for pager in _pagers(document):
        if pager in barred or (barred and lies_in(pager, barred, known)):
            continue
        for link in islice(pager.iter("a"), _MOST_LINKS):
            if (url := document.absolute(link.get("href") or "")) and same_site(url, document.url):
                yield url


def _pagers(document: Document) -> list[Element]:
    return [one for name in _PAGERS for one in document.marked(name)]


def _is_marked(document: Document, number: int) -> bool:
    """Whether the pager marks this number as the page that is shown."""
    shown = (one for pager in _pagers(document) for one in pager.iter() if "current" in (one.get("class") or ""))
    return any(one.text_content().strip().endswith(str(number)) for one in islice(shown, _MOST_LINKS))
