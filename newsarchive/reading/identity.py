"""Which article a page shows: its address, its id, its other addresses."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from newsarchive.reading.document import Document
from newsarchive.reading.shape import shape
from newsarchive.reading.structured import Object, address
from newsarchive.reading.wordpress import comment_page, install, post_number, without_comment_page
from newsarchive.urls import canonical, same_site, url_key

_HOME = re.compile(r"/?(?:(?:index|default|home)\.\w{3,5})?/?$")
_NO_ARTICLE = ("section", "other")  # shapes of addresses that a page may name by mistake


def article_url(document: Document, article: Object) -> str:
    """The canonical address: what the page names as such, if that is one page of the same site, else the page's own.

    Some sites name a section, the same for all its articles: it is not believed of a page with an address of its own.
    """
    named = [
        *document.linked("canonical"),
        document.meta("og:url") or "",
        address(article.get("url")) or "",
    ]
    own = canonical(document.url) or document.url
    doubtful = () if shape(own) in _NO_ARTICLE else _NO_ARTICLE
    for href in named:
        url = document.absolute(href)
        if url and same_site(url, own) and not is_home(url):
            url = without_comment_page(url)
            if shape(url) not in doubtful:
                return url
    return without_comment_page(own)


def article_id(document: Document, url: str) -> str:
    """`site:post-123` where WordPress tells the post's number, else `site:/path` of the canonical address `url`.

    A WordPress outside the root has its folder in it, `site:fr/post-123`, another host than the site's first its name.
    """
    if number := post_number(document):
        return f"{document.profile.site}:{place(document, install(document))}post-{number}"
    parts = urlsplit(url)
    path = parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")
    return f"{document.profile.site}:{place(document).removesuffix('/')}{path}"


def place(document: Document, folder: str = "") -> str:
    """Where on a site ids are counted, to stand before them: `HOST/` if not on the site's first host, then `folder/`."""
    first = next(iter(document.profile.start_urls), document.url)
    host = "" if same_site(document.url, first) else urlsplit(document.url).netloc.removeprefix("www.")
    return "".join(f"{part}/" for part in (host, folder) if part)


def aliases(document: Document, url: str) -> list[str]:
    """The page's other addresses on its own site: AMP and short link."""
    named = [document.absolute(href) for href in document.linked("amphtml", "shortlink")]
    found = [alias for alias in named if alias and same_site(alias, url) and not is_home(alias) and comment_page(alias) is None]
    distinct = {url_key(url): url}
    for alias in found:
        distinct.setdefault(url_key(alias), alias)
    return [*distinct.values()][1:]


def is_home(url: str) -> bool:
    """Whether an address is a site's front page."""
    parts = urlsplit(url)
    return _HOME.fullmatch(parts.path) is not None and not parts.query
