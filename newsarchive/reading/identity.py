"""Which article a page shows: its address, its id, its other addresses."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from newsarchive.reading.document import Document
from newsarchive.reading.structured import Object, address
from newsarchive.urls import canonical, same_site, url_key

_COMMENT_PAGE = re.compile(r"/comment-page-\d+/?$")
_NUMBERED = re.compile(r"^(?P<base>.+?)/(?:page[/-]?)?(?P<number>\d{1,2})/?$")
_HOME = re.compile(r"/?(?:(?:index|default|home)\.\w{3,5})?/?$")
_SHORT = re.compile(r"[?&]p=(\d+)(?:&|$)")
_POST = re.compile(r"/wp/v2/posts/(\d+)/?$")
_ALIASES = '//link[@rel="amphtml" or @rel="shortlink" or @rel="canonical"]/@href'


def article_url(document: Document, article: Object) -> str:
    """The canonical address: what the page names as such, if it is an inner page of the same site, else the page's own."""
    named = [
        *document.tree.xpath('//link[@rel="canonical"]/@href'),
        document.meta("og:url") or "",
        address(article.get("url")) or "",
    ]
    for href in named:
        url = document.absolute(str(href))
        if url and same_site(url, document.url) and not is_home(url):
            return _COMMENT_PAGE.sub("/", url)
    return _COMMENT_PAGE.sub("/", canonical(document.url) or document.url)


def article_id(document: Document, url: str) -> str:
    """`site:post-123` where WordPress tells the post's number, else `site:/path` of the canonical address `url`."""
    if number := post_number(document):
        return f"{document.profile.site}:post-{number}"
    parts = urlsplit(url)
    return f"{document.profile.site}:{parts.path.rstrip('/')}" + (f"?{parts.query}" if parts.query else "")


def post_number(document: Document) -> str | None:
    """The number WordPress gave the post, from the body's class, the short link, the REST link or the article element."""
    tree = document.tree
    if found := re.search(r"(?:^|\s)postid-(\d+)", _body_class(document)):
        return found[1]
    for path, pattern in (('//link[@rel="shortlink"]/@href', _SHORT), ('//link[@rel="alternate"]/@href', _POST)):
        if number := next((found[1] for href in tree.xpath(path) if (found := pattern.search(str(href)))), None):
            return number
    posts = {
        found[1]
        for one in tree.xpath('//article[starts-with(@id, "post-")]/@id')
        if (found := re.fullmatch(r"post-(\d+)", str(one)))
    }
    return posts.pop() if len(posts) == 1 else None


def aliases(document: Document, url: str) -> list[str]:
    """The page's other addresses on its own site: AMP, short link, and what it names as canonical."""
    named = [document.absolute(str(href)) for href in document.tree.xpath(_ALIASES)]
    known = {url_key(url)}
    found = [
        alias for alias in named if alias and same_site(alias, url) and not is_home(alias) and not _COMMENT_PAGE.search(alias)
    ]
    return [alias for alias in found if url_key(alias) not in known and not known.add(url_key(alias))]  # type: ignore[func-returns-value]


def is_home(url: str) -> bool:
    """Whether an address is a site's front page."""
    parts = urlsplit(url)
    return _HOME.fullmatch(parts.path) is not None and not parts.query


def is_continuation(document: Document) -> bool:
    """Whether this is page 2 or later of an article in several pages; a number at an address's end alone is no proof."""
    found = _NUMBERED.match(document.url.partition("?")[0])
    if not found or int(found["number"]) < 2:
        return False
    first = url_key(found["base"])
    before = {first, f"{first}/{int(found['number']) - 1}"}
    named = document.tree.xpath('//link[@rel="prev" or @rel="canonical"]/@href')
    if any(url_key(document.absolute(str(href)) or "") in before for href in named):
        return True
    here = document.tree.xpath(
        '//*[contains(@class, "page-links") or contains(@class, "post-nav-links")]//*[contains(@class, "current")]'
    )
    return any(one.text_content().strip().endswith(found["number"]) for one in here)


def _body_class(document: Document) -> str:
    return next((one.get("class") or "" for one in document.tree.iter("body")), "")
