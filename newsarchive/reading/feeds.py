"""What a site publishes for machines to find its articles: robots.txt, feeds (RSS, Atom, JSON Feed) and sitemaps.

XML is read as it streams, without entities, network or DTD: a text whose first tag follows a DOCTYPE is no feed at all.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree

from newsarchive.items import Follow, Page, Purpose
from newsarchive.reading.document import Document
from newsarchive.reading.shape import wanted
from newsarchive.urls import canonical, same_site, url_key

MAX_ENTRIES = 50_000  # of one sitemap, by the protocol (sitemaps.org)
MAX_BYTES = 50_000_000  # of one sitemap unpacked, by the protocol
MAX_RATIO = 200
MAX_FEED_ENTRIES = 1_000
MAX_ROBOTS_SITEMAPS = 100
_DAY = len("2026-11-28")
GUESSES = ("/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml")  # WordPress and Yoast redirect the first to their own

_FEEDS, _ENTRIES = ("rss", "RDF", "feed"), ("item", "entry")
# The first tag, past processing instructions and comments. A DOCTYPE stands before it and makes the match fail.
_ROOT = re.compile(r"\ufeff?(?:\s|<\?[^>]*>|<!--.*?-->)*+<(?:[\w.-]+:)?([\w.-]+)", re.DOTALL)
_DECLARATION = re.compile(r"^[\s\ufeff]*(?:<\?xml[^>]*\?>)?")
_SITEMAP_LINE = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
_LASTMOD = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d)?)?)?")
_COMMENT = re.compile(r"#(?:comment|respond)|/comment-page-|[?&]cpage=", re.IGNORECASE)
# Sub-sitemaps of WordPress, Yoast, Rank Math and their like that list no articles. "page" may be a serial number's word.
_NO_ARTICLES = re.compile(
    r"(?:^|[-_./=])(?:taxonom\w+|tax|[ck]ategor\w+|tags?|authors?|autor\w*|users?|images?|videos?|pages|attachments?|products?|events?"
    r"|(?:posts|pt)[-_]page|format)(?:[-_./\d]|$)|(?:^|/)page-sitemap",
    re.IGNORECASE,
)


def read_robots(document: Document) -> tuple[Follow, ...] | None:
    """The sitemaps of this site that its robots.txt names; where it names none, the usual addresses. None if it is none."""
    if urlsplit(document.url).path != "/robots.txt":
        return None
    named = (match[1] for match in islice(_SITEMAP_LINE.finditer(document.text), MAX_ROBOTS_SITEMAPS))
    return _follows(document, named, "sitemap") or _follows(document, GUESSES, "sitemap")


def read_feed(document: Document) -> tuple[Follow, ...] | None:
    """The articles that an RSS, RDF, Atom or JSON feed lists, in its order; None if the page is no feed.

    A feed of comments is a feed that leads nowhere (`mentions`): its readers' words stand on the articles' own pages.
    """
    found = _json_links(document) if document.text.lstrip("\ufeff \t\r\n").startswith("{") else _xml_links(document)
    if found is None:
        return None
    links = (link for link in islice(found, MAX_FEED_ENTRIES) if not _COMMENT.search(link))
    return tuple(follow for follow in _follows(document, links, "article") if wanted(follow.url, document.profile, "other"))


def comment_entries(document: Document) -> Iterator[tuple[etree._Element, str]]:
    """The entries of an XML feed that are comments on a page, each with the address of its comment."""
    root = _ROOT.match(document.text)
    if root and root[1] in _FEEDS:
        for entry in islice(_elements(document, *_ENTRIES), MAX_FEED_ENTRIES):
            if _COMMENT.search(link := _entry_link(entry)):
                yield entry, link


def read_sitemap(document: Document) -> tuple[Follow, ...] | None:
    """Where a sitemap leads, newest first where it tells: an index to its sitemaps, a sitemap to its articles.

    None if the page is no sitemap, or is packed beyond reason. Entries of other sites and sitemaps of tags, authors or
    images are left out. An index may not list an index, but a page cannot know who listed it: the crawl bounds the depth.
    """
    unpacked = _unpacked(document)
    return _read_unpacked(unpacked) if unpacked else None


def _read_unpacked(document: Document) -> tuple[Follow, ...] | None:
    if urlsplit(document.url).path.lower().endswith(".txt"):
        lines = document.text.split()
        return _articles(document, lines) if lines and lines[0].startswith(("http://", "https://")) else None
    root = _ROOT.match(document.text)
    if root and root[1] == "sitemapindex":
        dated = {loc: day for loc, day in _locations(document, "sitemap").items() if not _NO_ARTICLES.search(urlsplit(loc).path)}
        return _with_days(document, _follows(document, dated, "sitemap"), dated)
    if root and root[1] == "urlset":
        dated = _locations(document, "url")
        return _with_days(document, _articles(document, dated), dated)
    return None


def _with_days(document: Document, follows: tuple[Follow, ...], dated: Mapping[str, str]) -> tuple[Follow, ...]:
    days = {canonical(location, document.url): day[:_DAY] for location, day in dated.items() if day}
    return tuple(replace(follow, modified=days.get(follow.url)) for follow in follows)


def _articles(document: Document, locations: Iterable[str]) -> tuple[Follow, ...]:
    follows = _follows(document, islice(locations, MAX_ENTRIES), "article")
    return tuple(follow for follow in follows if wanted(follow.url, document.profile, "other", "section"))


def _follows(document: Document, links: Iterable[str], purpose: Purpose) -> tuple[Follow, ...]:
    """One Follow for each address of the page's own site, and none for the page itself."""
    found: dict[str, Follow] = {}
    for link in links:
        if (url := canonical(link, document.url)) and same_site(url, document.url):
            found.setdefault(url_key(url), Follow(url, purpose))
    found.pop(url_key(document.url), None)
    return tuple(found.values())


def _elements(document: Document, *names: str) -> Iterator[etree._Element]:
    """The elements of these names, each whole as it ends, and emptied after its use."""
    body = BytesIO(_DECLARATION.sub("", document.text, count=1).encode("utf-8", "replace"))
    tags = [f"{{*}}{name}" for name in names]
    parse = etree.iterparse(
        body, tag=tags, recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        for _, element in parse:
            yield element
            element.clear(keep_tail=False)
            parent = element.getparent()
            while parent is not None and parent[0] is not element:
                del parent[0]
    except etree.XMLSyntaxError:
        return  # what stood before the damage counts


def _locations(document: Document, entry: str) -> dict[str, str]:
    """The `loc` of each entry with its `lastmod` (or the publication date of a news sitemap; "" if unknown), from new to old."""
    dated: list[tuple[str, str]] = []
    for element in islice(_elements(document, entry), MAX_ENTRIES):
        location = _text(element, "{*}loc")
        modified = _LASTMOD.match(_text(element, "{*}lastmod") or _text(element, "{*}news/{*}publication_date"))
        dated.append((modified[0] if modified else "", location))
    found: dict[str, str] = {}
    for modified_at, location in sorted(dated, key=lambda pair: pair[0], reverse=True):
        if location:
            found.setdefault(location, modified_at)
    return found


def _text(element: etree._Element, path: str) -> str:
    return (element.findtext(path) or "").strip()


def _xml_links(document: Document) -> Iterator[str] | None:
    root = _ROOT.match(document.text)
    return map(_entry_link, _elements(document, *_ENTRIES)) if root and root[1] in _FEEDS else None


def _entry_link(entry: etree._Element) -> str:
    """The address an entry names as its own: FeedBurner's original link, `link`, or a `guid` that is a permalink; else ""."""
    links = entry.findall("{*}link")
    atom = [link.get("href") or "" for link in links if link.get("rel", "alternate") == "alternate"]
    guid = entry.find("{*}guid")
    permalink = (guid.text or "") if guid is not None and guid.get("isPermaLink", "true").strip().lower() == "true" else ""
    texts = [link.text or "" for link in links]
    return next((found for one in (_text(entry, "{*}origLink"), *texts, *atom, permalink) if (found := one.strip())), "")


def _json_links(document: Document) -> Iterator[str] | None:
    feed = document.json
    if not isinstance(feed, dict) or "jsonfeed.org/version" not in str(feed.get("version")):
        return None
    items = feed.get("items")
    entries = items if isinstance(items, list) else []
    return (str(item.get("url") or item.get("id") or "") for item in entries if isinstance(item, dict))


def _unpacked(document: Document) -> Document | None:
    """The document with a gzip body undone, in bounded steps; None for a bomb or a damaged body."""
    packed = document.page.body
    if not packed.startswith(b"\x1f\x8b"):
        return document
    limit = min(MAX_BYTES, MAX_RATIO * len(packed))
    body = bytearray()
    try:
        while packed.startswith(b"\x1f\x8b"):
            member = zlib.decompressobj(wbits=31)
            body += member.decompress(packed, limit + 1 - len(body))
            if len(body) > limit:
                return None
            packed = member.unused_data
    except zlib.error:
        return None
    page: Page = replace(document.page, body=bytes(body))
    return Document(page, document.profile)
