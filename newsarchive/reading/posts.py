"""WordPress's list of its posts over REST (developer.wordpress.org/rest-api, "Posts"): articles, and the list's next page."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from newsarchive.items import Follow
from newsarchive.reading.document import Document
from newsarchive.urls import canonical, same_site

_PATH = re.compile(r".*/wp-json/wp/v2/posts/?")
_MOST = 100  # on a page


def read_posts(document: Document) -> tuple[Follow, ...] | None:
    """The articles that the page of the list names, and the page after it; None if this is no such list."""
    if not _PATH.fullmatch(urlsplit(document.url).path) or not isinstance(document.json, list):
        return None
    links = [post.get("link") for post in document.json[:_MOST] if isinstance(post, dict)]
    urls = [url for link in links if isinstance(link, str) and (url := canonical(link, document.url))]
    found = [Follow(url, "article") for url in dict.fromkeys(urls) if same_site(url, document.url)]
    return (*found, *_next_page(document))


def _next_page(document: Document) -> list[Follow]:
    """X-WP-TotalPages says how many there are."""
    parts = urlsplit(document.url)
    asked = dict(parse_qsl(parts.query))
    here, total = asked.get("page", "1"), document.page.header("x-wp-totalpages") or ""
    if not (here.isdecimal() and total.isdecimal() and int(here) < int(total)):
        return []
    url = canonical(urlunsplit(parts._replace(query=urlencode(asked | {"page": str(int(here) + 1)}))))
    return [Follow(url, "feed")] if url else []
