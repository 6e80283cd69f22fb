"""Where a page of HTML leads: from a home page or a listing to feeds, articles, sections and the listing's next page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from typing import Literal
from urllib.parse import urlsplit

from newsarchive.items import Follow
from newsarchive.reading.document import Document, Element
from newsarchive.reading.shape import count_words, matches, names_section, shape, wanted
from newsarchive.reading.signs import sign_follows
from newsarchive.urls import canonical, same_site, url_key

MAX_LINKS = 5_000  # looked at in a page
MAX_ARTICLES = 300
MAX_SECTIONS = 60
_TEXT_LENGTH = 300
_INNER = 40  # elements within a link that are looked at

Place = Literal["headline", "menu", "footer", "text"]

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_MENU = re.compile(r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?)(?:$|[\s_-])", re.IGNORECASE)
_FOOTER = re.compile(r"(?:^|[\s_-])footer(?:$|[\s_-])", re.IGNORECASE)
_HOME = re.compile(r"/(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|home|default)(?:\.\w{2,5})?/?)?", re.IGNORECASE)
_FEED_TYPE = re.compile(r"application/(?:(?:rss|atom|rdf|feed)\+(?:xml|json)|json)|text/xml", re.IGNORECASE)
_NO_FEED = re.compile(r"oembed|wp-json", re.IGNORECASE)
_COMMENT_FEED = re.compile(r"comment", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"(?:/(?:page|pagina|seite|strona|sayfa|halaman)[/_-]?|[?&](?:page|paged|pg|pageno|page_?num(?:ber)?|pagina|seite|start|offset)="
    r"|[-_]page[-_]?)(\d{1,6})(?=[/.&]|$)",
    re.IGNORECASE,
)
_TRAILING_NUMBER = re.compile(r"/(\d{1,3})/?$")
_NEXT = re.compile(
    r"(?:next|older|more|load more|show more)(?: (?:page|posts|entries|articles|stories|news))?[\s»›→>…]*|[»›→>]+"
    r"|weiter|nächste(?: seite)?|ältere beiträge|suivante?|page suivante|articles plus anciens|siguiente|página siguiente"
    r"|entradas antiguas|próxim[ao]|próxima página|volgende|oudere berichten|successiv[ao]|pagina successiva|następna"
    r"|далее|следующая|sonraki|berikutnya|selanjutnya|inayofuata|التالي|صفحه بعد|下一页|下一頁|次へ|次のページ|다음",
    re.IGNORECASE,
)
_NEXT_CLASS = re.compile(r"(?:^|[\s_-])(?:next|older)(?:$|[\s_-])", re.IGNORECASE)
_ENDLESS = re.compile(r"calendar|events?\b|tribe|[?&](?:month|date|day|week|year)=", re.IGNORECASE)


@dataclass(frozen=True)
class _Link:
    """One link of the page's own site."""

    url: str
    element: Element

    @cached_property
    def text(self) -> str:
        return " ".join("".join(islice(self.element.itertext(), _INNER))[:_TEXT_LENGTH].split())

    @cached_property
    def place(self) -> Place:
        """Where in the page the link stands, told by the nearest element that tells."""
        heading, header = any(inner.tag in _HEADINGS for inner in islice(self.element.iter(), _INNER)), False
        for above in self.element.iterancestors():
            named = f"{above.get('class', '')} {above.get('id', '')}" if above.tag not in ("body", "html") else ""
            if above.tag == "nav" or above.get("role") in ("navigation", "menu", "menubar") or _MENU.search(named):
                return "menu"
            if above.tag == "footer" or above.get("role") == "contentinfo" or _FOOTER.search(named):
                return "footer"
            if above.tag in ("article", "main"):
                return "headline" if heading else "text"
            heading, header = heading or above.tag in _HEADINGS, header or above.tag == "header"
        return "headline" if heading else "menu" if header else "text"


def follow_links(document: Document) -> tuple[Follow, ...]:
    """What to ask for after a page of HTML that is no article: feeds, the listing's next page, articles, sections.

    Sections come from a start page's menus only. Everything is of the page's own site, and nothing twice.
    """
    links, start = list(_links(document)), is_start(document)
    found = list(sign_follows(document)) if start else []  # first of all: they may tell that the rest need not be asked for
    found += _feeds(document, start=start)
    found += [Follow(url, "listing") for url in islice(_next_page(document, links), 1)]
    to_articles = chain((link.url for link in links if _to_article(document, link)), _listed(document))
    found += (Follow(url, "article") for url in islice(to_articles, MAX_ARTICLES))
    if start:
        found += islice((Follow(link.url, "listing") for link in links if _to_section(document, link)), MAX_SECTIONS)
    unique: dict[str, Follow] = {}
    for follow in found:
        unique.setdefault(url_key(follow.url), follow)
    return tuple(unique.values())


def is_start(document: Document) -> bool:
    """Whether a crawl begins here: an address of the profile, or a home page by its path (`/`, `/en/`, `/index.html`)."""
    parts = urlsplit(document.url)
    if parts.netloc and _HOME.fullmatch(parts.path) and not parts.query:  # a page that names no address is no home page
        return True
    return url_key(document.url) in map(url_key, document.profile.start_urls)


def _links(document: Document) -> Iterator[_Link]:
    """The links to other pages of this site, in page order. An address may come again: at another place."""
    here, known = url_key(document.url), dict[str, str | None]()
    for element in islice(document.tree.iter("a"), MAX_LINKS):
        href = element.get("href", "").strip()
        if not href or href.startswith("#"):
            continue
        if href not in known:
            url = _own(document, href)
            known[href] = url if url and url_key(url) != here else None
        if url := known[href]:
            yield _Link(url, element)


def _own(document: Document, href: str) -> str | None:
    """The canonical address of a link within the page's own site; None for all others."""
    url = document.absolute(href)
    return url if url and same_site(url, document.url) else None


def _calls_itself(element: Element, relation: str) -> bool:
    return relation in element.get("rel", "").lower().split()


def _feeds(document: Document, *, start: bool) -> Iterator[Follow]:
    found = False
    for element in islice(document.tree.iter("link"), MAX_LINKS):
        kind, href = element.get("type", "").strip(), element.get("href", "")
        if not _calls_itself(element, "alternate") or not _FEED_TYPE.fullmatch(kind) or _NO_FEED.search(href):
            continue
        url, of_comments = _own(document, href), _COMMENT_FEED.search(href) is not None
        if of_comments and not start:  # the start page names that of the whole site
            continue
        if url and ("json" not in kind.lower() or "feed" in f"{kind} {href}".lower()):
            found = found or not of_comments
            yield Follow(url, "feed")
    if start and not found and (guess := canonical("/feed/", document.url)):
        yield Follow(guess, "feed")


def _to_article(document: Document, link: _Link) -> bool:
    by_pattern = matches(link.url, document.profile)
    if by_pattern is not None:
        return by_pattern
    form = shape(link.url)
    if form in ("headline", "maybe"):
        place = link.place
        return place == "headline" or (place == "text" and (form == "headline" or count_words(link.text) >= 4))
    return form == "article"


def _listed(document: Document) -> Iterator[str]:
    """The articles of a JSON-LD `ItemList` (schema.org): how a page that is put together in the browser says what it lists."""
    lists = (thing.get("itemListElement") for thing in document.json_ld if thing.get("@type") == "ItemList")
    for entry in islice((entry for entries in lists if isinstance(entries, list) for entry in entries), MAX_LINKS):
        item = entry.get("item", entry) if isinstance(entry, dict) else entry
        href = (item.get("url") or item.get("@id")) if isinstance(item, dict) else item
        url = _own(document, href) if isinstance(href, str) else None
        if url and wanted(url, document.profile, "section", "other"):
            yield url


def _to_section(document: Document, link: _Link) -> bool:
    if names_section(link.url):
        return True
    return link.place == "menu" and shape(link.url) in ("section", "maybe") and not matches(link.url, document.profile)


def _next_page(document: Document, links: list[_Link]) -> Iterator[str]:
    """The page of this listing that comes next, best evidence first: what calls itself next, then the next number."""
    this = {trailing: _numbered(document.url, trailing=trailing) for trailing in (False, True)}
    later: list[tuple[int, str]] = []
    head = (element for element in islice(document.tree.iter("link"), MAX_LINKS) if _calls_itself(element, "next"))
    for link in chain((_Link(url, element) for element in head if (url := _own(document, element.get("href", "")))), links):
        trailing = link.text.isdecimal()  # `/news/2` is a page of `/news` where the link says just "2"
        (here, number), (stem, its_number) = this[trailing], _numbered(link.url, trailing=trailing)
        if stem == here and its_number > number:
            later.append((its_number, link.url))
            if _calls_itself_next(link):
                yield link.url
        elif not its_number and _calls_itself_next(link) and shape(link.url) != "article" and not _ENDLESS.search(link.url):
            yield link.url
    if later:
        yield min(later)[1]


def _calls_itself_next(link: _Link) -> bool:
    if _calls_itself(link.element, "next") or _NEXT_CLASS.search(link.element.get("class", "")):
        return True
    return bool(link.text and _NEXT.fullmatch(link.text))


def _numbered(url: str, *, trailing: bool) -> tuple[str, int]:
    """A listing's address without its page number, as a key, and the number (0 if it has none)."""
    match = _PAGE_NUMBER.search(url) or (_TRAILING_NUMBER.search(url) if trailing else None)
    if not match:
        return url_key(url), 0
    rest = url[match.end() :]
    joint = "?" if match[0].startswith("?") and rest.startswith("&") else ""
    return url_key(url[: match.start()] + joint + rest[len(joint) :]), int(match[1])
