"""Whether a page is an article: some pages say so, some say that they are not, most must be judged."""

from __future__ import annotations

import re

from newsarchive.reading.absence import absence
from newsarchive.reading.document import Document
from newsarchive.reading.identity import is_home
from newsarchive.reading.shape import shape
from newsarchive.reading.structured import Object

_LISTING = frozenset(
    {
        *("home", "blog", "archive", "category", "tag", "author", "date", "tax"),
        *("search", "search-results", "search-no-results", "error404"),
    }
)
_STATIC = re.compile(r"(?:page-id-\d+|page-template(?:-\S+)?|attachment)")
_NOT_FOUND = re.compile(
    r"\b(?:404|(?:page|article|story|seite|nothing) (?:was |could )?(?:not|nicht) (?:be )?(?:found|gefunden)"
    r"|not found|nothing found|página no encontrada|page introuvable)\b",
    re.I,
)
_WORDPRESS = re.compile("/wp-content/|/wp-includes/|wp-json")
_LISTS = frozenset({"CollectionPage", "SearchResultsPage", "ProfilePage", "AboutPage", "ContactPage"})
_LISTING_PATH = re.compile(
    r"/(?:category|tag|tags|author|topics?|search|login|signin|register|subscribe)(?:/[^/]+)*/?$|/page/\d+/?$"
)
_MANY = 6  # so many headings that are links make a list of teasers, unless the prose stands in one place
_SOME = 3  # fewer make one at an address that looks like a section's
_UNITED = 0.6
_SHORTEST, _LOGIN = 200, 300  # characters


def says_article(document: Document, article: Object) -> bool:
    """Whether the page itself states that it is an article: JSON-LD, Open Graph, or WordPress's body class."""
    return (
        bool(article) or (document.meta("og:type") or "").lower() in ("article", "newsarticle") or "single" in _classes(document)
    )


def says_no_article(document: Document, article: Object) -> bool:
    """Whether the page is plainly something else: a front page, list, search, login, protected or missing page."""
    if document.page.status >= 400 or (document.mime and "html" not in document.mime):
        return True
    if absence(document, stated=says_article(document, article)):
        return True
    classes = _classes(document)
    if (
        ("single" not in classes or "single-attachment" in classes)
        and (classes & _LISTING or any(_STATIC.fullmatch(one) for one in classes))
        and _is_wordpress(document)
    ):
        return True
    kinds = {kind for one in document.json_ld for kind in _listed(one.get("@type"))}
    if (kinds & _LISTS and not article) or (is_home(document.url) and _is_front(document)):
        return True
    if says_article(document, article):
        return False
    title = (document.tree.findtext(".//title") or "").strip()
    return bool(_LISTING_PATH.search(document.url.partition("?")[0]) or _NOT_FOUND.search(title))


def looks_like_article(document: Document, length: int, unity: float, *, commented: bool) -> bool:
    """Whether a page that says nothing of itself has the shape of an article.

    `length` counts the characters of its text, `unity` is `Body.unity`, `commented` tells whether it holds comments: then
    little text will do, but for an address that looks like a front page, where comments are a widget that quotes them.
    """
    if length < _LOGIN and any(one.get("type") == "password" for one in document.tree.iter("input")):
        return False
    teasers = _teasers(document)
    if teasers >= _SOME and shape(document.url) == "section":
        return False
    whole = length >= _SHORTEST and (unity >= _UNITED or teasers < _MANY)
    return (commented and whole) if is_home(document.url) else (commented or whole)


def _is_front(document: Document) -> bool:
    """Whether a page at a front page's address is one; HTML that came without its address has such an address, too."""
    return (document.meta("og:type") or "").lower() == "website" or _teasers(document) >= _MANY


def _teasers(document: Document) -> int:
    """How many headings are links, or hold them."""
    headings = document.tree.iter("h2", "h3")
    return sum(len(list(one.iterchildren("a"))) + (one.getparent().tag == "a") for one in headings)


def _is_wordpress(document: Document) -> bool:
    generators = (one for one in document.tree.iter("meta") if one.get("name") == "generator")
    if any("WordPress" in one.get("content", "") for one in generators):
        return True
    return any(_WORDPRESS.search(one.get("href", "")) for one in document.tree.iter("link"))


def _classes(document: Document) -> set[str]:
    return set(next((one.get("class") or "" for one in document.tree.iter("body")), "").split())


def _listed(value: object) -> list[str]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]
